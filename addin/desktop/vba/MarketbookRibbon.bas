Attribute VB_Name = "MarketbookRibbon"
Option Explicit

' What the ribbon's buttons and the Start sheet's button call; each is one line into Python.

Public Sub MarketbookPress(control As IRibbonControl)
    RunPython "from addin.desktop import ribbon; ribbon.press('" & control.ID & "')"
End Sub

Public Sub MarketbookRestart(control As IRibbonControl)
    RestartPython
End Sub

Public Sub MarketbookRefresh()
    RunPython "from addin.desktop import ribbon; ribbon.press('refresh')"
End Sub
