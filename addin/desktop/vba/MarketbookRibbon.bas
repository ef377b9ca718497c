Attribute VB_Name = "MarketbookRibbon"
Option Explicit

' What the ribbon's buttons and the Start sheet's button call; each is one line into Python.

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
    ' A text stays there until Excel has its bar back; another add-in's text is not ours to take away.
    If Left(Application.StatusBar, 11) = "Marketbook:" Then Application.StatusBar = False
End Sub

Private Sub Press(ByVal button As String)
    On Error GoTo failed
    RunPython "from addin.desktop import ribbon; ribbon.press('" & button & "')"
    GiveBackStatusBarSoon
    Exit Sub
failed:
    LogFailure "The button " & button & ": " & Err.Number & " " & Err.Description
    MsgBox "Python could not be reached. Run 'marketbook excel doctor' to see why.", vbExclamation, "Marketbook"
End Sub

Private Sub GiveBackStatusBarSoon()
    On Error Resume Next
    Application.OnTime Now + TimeSerial(0, 0, 20), "'" & ThisWorkbook.Name & "'!MarketbookGiveBackStatusBar"
End Sub
