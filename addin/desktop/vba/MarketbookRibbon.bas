Attribute VB_Name = "MarketbookRibbon"
Option Explicit

' Called by the buttons on the ribbon and on the Start sheet. Each calls Python.

Public Sub MarketbookPress(control As IRibbonControl)
    Press control.ID
End Sub

Public Sub MarketbookRestart(control As IRibbonControl)
    RestartPython
End Sub

Public Sub MarketbookRefresh()
    Press "refresh"
End Sub

Public Sub MarketbookGiveBackStatusBar()
    ' Clears only Marketbook's text, which stays until Excel gets its status bar back.
    If Left(Application.StatusBar, 11) = "Marketbook:" Then Application.StatusBar = False
End Sub

Private Sub Press(ByVal button As String)
    On Error GoTo failed
    RunPython "from addin.desktop import ribbon; ribbon.press('" & button & "')"
    GiveBackStatusBarSoon
    Exit Sub
failed:
    LogFailure "The button " & button & ": " & Err.Number & " " & Err.Description
    MsgBox "Python cannot be reached. Run 'marketbook excel doctor' to find out why.", vbExclamation, "Marketbook"
End Sub

Private Sub GiveBackStatusBarSoon()
    On Error Resume Next
    Application.OnTime Now + TimeSerial(0, 0, 20), "'" & ThisWorkbook.Name & "'!MarketbookGiveBackStatusBar"
End Sub
