Attribute VB_Name = "MarketbookCalls"
Option Explicit
Option Private Module

' Calls from cells to Python. All workbooks share one connection. If it is lost, one new attempt is made.

Private Const FUNCTIONS_MODULE As String = "addin.desktop.functions"
Private Const NOT_AVAILABLE As Long = 2042
Private Const WRONG_VALUE As Long = 2015
Private Const LOST_REMOTE_SERVER As Long = 462
Private Const LOST_OBJECT As Long = -2147417848
Private Const LOST_CALL As Long = -2147023170
Private Const LOST_SERVER As Long = -2147023174
Private Const LONGEST_LOG As Long = 500000
Private Const FOR_APPENDING As Long = 8
Private Const IN_UNICODE As Long = -1

Private connection As Object
Private lastLogged As String

Public Function CallFunction(ByVal functionName As String, ByVal arguments As Variant) As Variant
    Dim triedAgain As Boolean, number As Long, message As String
    On Error GoTo failed
    CallFunction = CVErr(NOT_AVAILABLE)
    If InFunctionWizard() Then Exit Function
    CallFunction = CVErr(WRONG_VALUE)
    If Not TakeValues(arguments) Then Exit Function
    CallFunction = CellValue(Python().CallUDF(FUNCTIONS_MODULE, functionName, arguments))
    Exit Function
failed:
    ' Saved at once, because a call to another procedure can clear the error.
    number = Err.Number
    message = functionName & ": " & number & " " & Err.Description
    If IsLost(number) And Not triedAgain Then
        triedAgain = True
        Set connection = Nothing
        Resume
    End If
    LogFailure message
End Function

Public Sub RestartPython()
    On Error GoTo failed
    Set connection = Nothing
    KillPy
    Application.CalculateFullRebuild
    Exit Sub
failed:
    LogFailure "Restart Python: " & Err.Number & " " & Err.Description
    MsgBox "Python cannot be restarted. Run 'marketbook excel doctor' to find out why.", vbExclamation, "Marketbook"
End Sub

Public Sub LogFailure(ByVal message As String)
    ' Repeated messages are written once. Unicode, so that every market's name can be written.
    Dim files As Object, folder As String, path As String
    If message = lastLogged Then Exit Sub
    lastLogged = message
    On Error Resume Next
    Set files = CreateObject("Scripting.FileSystemObject")
    folder = Environ("LOCALAPPDATA") & "\marketbook"
    files.CreateFolder folder
    folder = folder & "\Logs"
    files.CreateFolder folder
    path = folder & "\excel.log"
    If files.GetFile(path).Size > LONGEST_LOG Then files.DeleteFile path
    With files.OpenTextFile(path, FOR_APPENDING, True, IN_UNICODE)
        .WriteLine Format(Now, "yyyy-mm-dd hh:nn:ss") & " " & message
        .Close
    End With
End Sub

Private Function Python() As Object
    If connection Is Nothing Then Set connection = XLPy()
    Set Python = connection
End Function

Private Function TakeValues(ByRef arguments As Variant) As Boolean
    ' Ranges are passed as values, so that Python never calls Excel. False if a range has several areas.
    Dim at As Long
    For at = LBound(arguments) To UBound(arguments)
        If IsObject(arguments(at)) Then
            If arguments(at).Areas.Count > 1 Then Exit Function
            arguments(at) = arguments(at).Value2
        End If
    Next at
    TakeValues = True
End Function

Private Function InFunctionWizard() As Boolean
    ' While the wizard is open, Excel disables the first button of its oldest toolbar.
    On Error Resume Next
    InFunctionWizard = Not Application.CommandBars("Standard").Controls(1).Enabled
End Function

Private Function IsLost(ByVal number As Long) As Boolean
    IsLost = number = LOST_REMOTE_SERVER Or number = LOST_OBJECT Or number = LOST_CALL Or number = LOST_SERVER
End Function
