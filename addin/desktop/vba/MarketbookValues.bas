Attribute VB_Name = "MarketbookValues"
Option Explicit
Option Private Module

' Results from Python as cell values. A Long stands for an error (every number is a Double).

Private Const ERROR_BASE As Long = -2146828288

Public Function CellValue(ByVal result As Variant) As Variant
    Dim row As Long, column As Long
    If Not IsArray(result) Then
        CellValue = WithError(result)
        Exit Function
    End If
    If IsTable(result) Then
        For row = LBound(result, 1) To UBound(result, 1)
            For column = LBound(result, 2) To UBound(result, 2)
                result(row, column) = WithError(result(row, column))
            Next column
        Next row
    Else
        For column = LBound(result) To UBound(result)
            result(column) = WithError(result(column))
        Next column
    End If
    CellValue = result
End Function

Private Function WithError(ByVal value As Variant) As Variant
    WithError = value
    If VarType(value) = vbLong Then
        If value > ERROR_BASE And value < ERROR_BASE + 65536 Then WithError = CVErr(value - ERROR_BASE)
    End If
End Function

Private Function IsTable(ByRef value As Variant) As Boolean
    ' VBA cannot count dimensions, but a missing dimension causes an error.
    On Error GoTo oneRow
    IsTable = UBound(value, 2) >= 0
oneRow:
End Function
