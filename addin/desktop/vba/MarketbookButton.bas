Attribute VB_Name = "MarketbookButton"
Option Explicit

' The button on the Start sheet. It calls the add-in.

Public Sub RefreshMarketbook()
    Dim addin As Workbook
    On Error Resume Next
    Set addin = Workbooks("marketbook.xlam")
    On Error GoTo 0
    If addin Is Nothing Then
        MsgBox "The Marketbook add-in is not loaded. The figures are from the last refresh.", _
            vbInformation, "Marketbook"
        Exit Sub
    End If
    Application.Run "'marketbook.xlam'!MarketbookRefresh"
End Sub
