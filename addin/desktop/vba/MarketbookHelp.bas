Attribute VB_Name = "MarketbookHelp"
Option Explicit
Option Private Module

' Help for the function wizard. Excel accepts it only while a workbook is open, so this may run several times.

Private described As Boolean

Public Sub DescribeFunctions()
    If described Or ActiveWorkbook Is Nothing Then Exit Sub
    On Error GoTo failed
    DescribeAll
    described = True
    ThisWorkbook.Saved = True
    Exit Sub
failed:
    LogFailure "Function wizard help: " & Err.Number & " " & Err.Description
End Sub

Public Sub Describe(ByVal functionName As String, ByVal help As String, ByVal argumentHelp As Variant)
    Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & functionName, _
        Description:=help, Category:="Marketbook", ArgumentDescriptions:=argumentHelp
End Sub
