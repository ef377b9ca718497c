Attribute VB_Name = "MarketbookCalls"
Option Explicit
Option Private Module

' Calls from cells into Python: one connection for all workbooks, kept and got again once if it broke.

Private Const FUNCTIONS_MODULE As String = "addin.desktop.functions"
Private Const LOST_REMOTE_SERVER As Long = 462
Private Const LOST_OBJECT As Long = -2147417848
Private Const LOST_CALL As Long = -2147023170
Private Const LOST_SERVER As Long = -2147023174

Private connection As Object
Private lastLogged As String

Public Function CallFunction(ByVal functionName As String, ByVal arguments As Variant) As Variant
    Dim attempts As Integer
    On Error GoTo failed
    If InFunctionWizard() Then
        CallFunction = ""
        Exit Function
    End If
    CallFunction = CVErr(2015)
    If Not TakeValues(arguments) Then Exit Function
again:
    CallFunction = CellValue(Python().CallUDF(FUNCTIONS_MODULE, functionName, arguments))
    Exit Function
failed:
    attempts = attempts + 1
    If attempts = 1 And IsLost(Err.Number) Then
        Set connection = Nothing
        Resume again
    End If
    LogFailure functionName & ": " & Err.Number & " " & Err.Description
    CallFunction = CVErr(2015)
End Function

Public Sub RestartPython()
    On Error GoTo failed
    Set connection = Nothing
    KillPy
    Application.CalculateFullRebuild
    Exit Sub
failed:
    LogFailure "Restart Python: " & Err.Number & " " & Err.Description
    MsgBox "Python could not be restarted. Run 'marketbook excel doctor' to see why.", vbExclamation, "Marketbook"
End Sub

Public Sub LogFailure(ByVal message As String)
    ' A sheet full of failing cells is one line: only a change is written.
    Dim folder As String, file As Integer
    If message = lastLogged Then Exit Sub
    lastLogged = message
    On Error Resume Next
    folder = Environ("LOCALAPPDATA") & "\marketbook"
    MkDir folder
    folder = folder & "\Logs"
    MkDir folder
    If FileLen(folder & "\excel.log") > 500000 Then Kill folder & "\excel.log"
    file = FreeFile
    Open folder & "\excel.log" For Append As #file
    Print #file, Format(Now, "yyyy-mm-dd hh:nn:ss") & " " & message
    Close #file
End Sub

Private Function Python() As Object
    If connection Is Nothing Then Set connection = XLPy()
    Set Python = connection
End Function

Private Function TakeValues(ByRef arguments As Variant) As Boolean
    ' Ranges are passed by their values, so that Python never calls back. False for several areas.
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
