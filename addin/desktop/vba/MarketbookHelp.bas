Attribute VB_Name = "MarketbookHelp"
Option Explicit
Option Private Module

' The function wizard's help. Excel takes it only while a workbook is open, so it may be asked for often.

Private described As Boolean

Public Sub DescribeFunctions()
    If described Or ActiveWorkbook Is Nothing Then Exit Sub
    On Error GoTo failed
    DescribeAll
    described = True
    ThisWorkbook.Saved = True
    Exit Sub
failed:
    LogFailure "Help of the function wizard: " & Err.Number & " " & Err.Description
End Sub

Public Sub Describe(ByVal functionName As String, ByVal help As String, ByVal argumentHelp As Variant)
    Application.MacroOptions Macro:="'" & ThisWorkbook.Name & "'!" & functionName, _
        Description:=help, Category:="Marketbook", ArgumentDescriptions:=argumentHelp
End Sub
