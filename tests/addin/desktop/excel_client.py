"""The add-in's side of a call, for the Windows Python under Wine: what Excel's VBA does, through ctypes.

Loads xlwings' DLL, lets it start the server with the command that the add-in builds, and calls
`CallUDF` with raw variants. Reads one JSON request a line, writes one JSON answer a line. A value is
`[type, value]` with the type's COM name, an array `["ARRAY", dimensions, [[...], ...]]`.

Usage: python excel_client.py DLL COMMAND
"""

import ctypes
import json
import sys
import time
from ctypes import POINTER, byref, c_double, c_int32, c_long, c_uint, c_uint16, c_ulong, c_void_p

ole = ctypes.OleDLL("ole32")
oleaut = ctypes.WinDLL("oleaut32")
VT_EMPTY, VT_NULL, VT_I4, VT_R8, VT_BSTR, VT_DISPATCH, VT_ERROR, VT_BOOL, VT_VARIANT = (
    0,
    1,
    3,
    5,
    8,
    9,
    10,
    11,
    12,
)
VT_ARRAY, VT_BYREF = 0x2000, 0x4000
NAMES = {
    0: "VT_EMPTY",
    1: "VT_NULL",
    3: "VT_I4",
    5: "VT_R8",
    8: "VT_BSTR",
    9: "VT_DISPATCH",
    10: "VT_ERROR",
    11: "VT_BOOL",
}
MISSING, ERROR_BASE = -2147352572, -2146828288


class Value(ctypes.Union):
    _fields_ = (
        ("i4", c_int32),
        ("r8", c_double),
        ("pointer", c_void_p),
        ("boolean", ctypes.c_int16),
        ("record", c_void_p * 2),
    )


class Variant(ctypes.Structure):
    _anonymous_ = ("value",)
    _fields_ = (("vt", c_uint16), ("reserved", c_uint16 * 3), ("value", Value))


class Bound(ctypes.Structure):
    _fields_ = (("count", c_ulong), ("first", c_long))


class Parameters(ctypes.Structure):
    _fields_ = (("arguments", POINTER(Variant)), ("names", c_void_p), ("count", c_uint), ("named", c_uint))


class Failure(ctypes.Structure):
    _fields_ = (
        ("code", c_uint16),
        ("reserved", c_uint16),
        ("source", c_void_p),
        ("description", c_void_p),
        ("help_file", c_void_p),
        ("help_context", c_ulong),
        ("reserved_pointer", c_void_p),
        ("deferred", c_void_p),
        ("scode", c_int32),
    )


oleaut.SysAllocStringLen.restype = c_void_p
oleaut.SysAllocStringLen.argtypes = [ctypes.c_wchar_p, c_uint]
oleaut.SysStringLen.argtypes = [c_void_p]
oleaut.SafeArrayCreate.restype = c_void_p
oleaut.SafeArrayCreate.argtypes = [c_uint16, c_uint, c_void_p]
oleaut.SafeArrayAccessData.argtypes = [c_void_p, c_void_p]
oleaut.SafeArrayUnaccessData.argtypes = [c_void_p]
oleaut.SafeArrayGetDim.argtypes = [c_void_p]
for name in ("SafeArrayGetLBound", "SafeArrayGetUBound"):
    getattr(oleaut, name).argtypes = [c_void_p, c_uint, c_void_p]


class RemoteError(Exception):
    def __init__(self, code, description):
        super().__init__(description)
        self.code = code


def variant(kind, value=None, rows=None):
    made = Variant()
    if kind == "ARRAY":
        return array(rows)
    made.vt = {name: vt for vt, name in NAMES.items()}[kind]
    if kind == "VT_R8":
        made.r8 = value
    elif kind == "VT_I4":
        made.i4 = value
    elif kind == "VT_ERROR":
        made.i4 = MISSING if value is None else ERROR_BASE + value
    elif kind == "VT_BOOL":
        made.boolean = -1 if value else 0
    elif kind == "VT_BSTR":
        made.pointer = oleaut.SysAllocStringLen(value, len(value.encode("utf-16-le")) // 2)
    return made


def array(rows):
    """A 2-D array of variants from 1 on, as Range.Value2 gives it."""
    bounds = (Bound * 2)(Bound(len(rows), 1), Bound(len(rows[0]), 1))
    made = Variant()
    made.vt = VT_ARRAY | VT_VARIANT
    made.pointer = oleaut.SafeArrayCreate(VT_VARIANT, 2, bounds)
    height = len(rows)
    with_cells(made.pointer, lambda cells: fill(cells, rows, height))
    return made


def fill(cells, rows, height):
    for down, row in enumerate(rows):
        for across, cell in enumerate(row):
            cells[across * height + down] = variant(*cell)


def vector(variants):
    """What VBA's Array() makes: one dimension, from 0 on."""
    made = Variant()
    made.vt = VT_ARRAY | VT_VARIANT
    made.pointer = oleaut.SafeArrayCreate(VT_VARIANT, 1, byref(Bound(len(variants), 0)))

    def place(cells):
        for at, each in enumerate(variants):
            cells[at] = each

    with_cells(made.pointer, place)
    return made


def by_reference(vt, address):
    made = Variant()
    made.vt = VT_BYREF | vt
    made.pointer = address
    return made


def with_cells(safearray, action):
    cells = POINTER(Variant)()
    oleaut.SafeArrayAccessData(safearray, byref(cells))
    try:
        return action(cells)
    finally:
        oleaut.SafeArrayUnaccessData(safearray)


def plain(made):
    if made.vt & VT_ARRAY:
        return read_array(made)
    name = NAMES.get(made.vt, f"VT_{made.vt}")
    if made.vt == VT_R8:
        return [name, made.r8]
    if made.vt in (VT_I4, VT_ERROR):
        return [name, made.i4]
    if made.vt == VT_BOOL:
        return [name, bool(made.boolean)]
    if made.vt == VT_BSTR:
        return [name, text(made.pointer)]
    return [name, None]


def text(bstr):
    return ctypes.wstring_at(bstr, oleaut.SysStringLen(bstr)) if bstr else ""


def read_array(made):
    if made.vt != VT_ARRAY | VT_VARIANT:
        return [f"VT_ARRAY of {made.vt & ~VT_ARRAY}", None]
    dimensions = oleaut.SafeArrayGetDim(made.pointer)
    sizes = []
    for dimension in range(1, dimensions + 1):
        low, high = c_long(), c_long()
        oleaut.SafeArrayGetLBound(made.pointer, dimension, byref(low))
        oleaut.SafeArrayGetUBound(made.pointer, dimension, byref(high))
        sizes.append(high.value - low.value + 1)
    height, width = sizes if dimensions == 2 else (1, sizes[0])

    def read(cells):
        return [[plain(cells[across * height + down]) for across in range(width)] for down in range(height)]

    return ["ARRAY", dimensions, with_cells(made.pointer, read)]


class Server:
    """XLPy: the object that the DLL hands out, called late-bound as VBA calls it."""

    def __init__(self, dll, command):
        self.dll = ctypes.WinDLL(dll)
        self.command = command.encode("mbcs")
        self.connect()

    def connect(self):
        self.object = Variant()
        if self.dll.XLPyDLLActivateAuto(byref(self.object), self.command, 1) != 0:
            raise RemoteError(1000, text(self.object.pointer))
        self.call_udf = self.dispatch_id("CallUDF")

    def method(self, at, *types):
        table = ctypes.cast(self.object.pointer, POINTER(POINTER(c_void_p)))[0]
        return ctypes.WINFUNCTYPE(c_int32, c_void_p, *types)(table[at])

    def dispatch_id(self, name):
        found = c_long()
        names = (ctypes.c_wchar_p * 1)(name)
        guid = (ctypes.c_byte * 16)()
        get = self.method(5, c_void_p, c_void_p, c_uint, c_ulong, c_void_p)
        code = get(self.object.pointer, guid, names, 1, 0x409, byref(found))
        if code:
            raise RemoteError(code, f"no {name}")
        return found.value

    def invoke(self, variants):
        """Call CallUDF; the variants are in the reverse order, as COM wants them."""
        result, failure, at = Variant(), Failure(), c_uint()
        guid = (ctypes.c_byte * 16)()
        parameters = Parameters((Variant * len(variants))(*variants), None, len(variants), 0)
        invoke = self.method(6, c_long, c_void_p, c_ulong, c_uint16, c_void_p, c_void_p, c_void_p, c_void_p)
        code = invoke(
            self.object.pointer,
            self.call_udf,
            guid,
            0x409,
            1,
            byref(parameters),
            byref(result),
            byref(failure),
            byref(at),
        )
        if code:
            raise RemoteError(code, text(failure.description))
        return result

    def arguments(self, module, name, arguments):
        return [
            vector([variant(*a) for a in arguments]),
            variant("VT_BSTR", name),
            variant("VT_BSTR", module),
        ]

    def time(self, module, name, arguments, count):
        """The seconds of each of `count` calls."""
        variants = self.arguments(module, name, arguments)
        seconds = []
        for _ in range(count):
            start = time.perf_counter()
            result = self.invoke(variants)
            seconds.append(time.perf_counter() - start)
            oleaut.VariantClear(byref(result))
        return seconds

    def stop(self):
        unused = Variant()
        self.dll.XLPyDLLActivateAuto(byref(unused), self.command, -1)


def answer(server, request):
    if request["do"] == "call":
        variants = server.arguments(request["module"], request["name"], request["arguments"])
        return plain(server.invoke(variants))
    if request["do"] == "time":
        return server.time(request["module"], request["name"], request["arguments"], request["count"])
    if request["do"] == "kill":
        return server.stop()
    server.command += request["more"].encode("mbcs")
    return server.connect()


def main():
    ole.CoInitialize(None)
    server = Server(sys.argv[1], sys.argv[2])
    print(json.dumps({"value": "ready"}), flush=True)
    for line in sys.stdin:
        try:
            reply = {"value": answer(server, json.loads(line))}
        except RemoteError as error:
            reply = {"error": str(error), "code": error.code}
        print(json.dumps(reply), flush=True)
    server.stop()


if __name__ == "__main__":
    main()
