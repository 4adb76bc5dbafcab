namespace PnnEdge.Interchange.PyTorch;

/// <summary>A pickle read as data: a pickle is a program for a stack machine, and this one has no instruction that could do anything but build values.</summary>
/// <remarks>
/// Opcodes: Python's Lib/pickletools.py. What PyTorch writes (torch/serialization.py, protocol 2), and the frames, memo and short names of protocol 4.
/// What a name stands for is decided by <see cref="StateDictGlobals"/>; a name that is not there is refused.
/// </remarks>
internal sealed class StateDictPickle
{
    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = []; // how much lay on the stack
    private readonly Dictionary<int, object?> _memo = [];

    private StateDictPickle()
    {
    }

    /// <exception cref="InvalidDataException">One clause: what a state_dict does not need, or what is damaged.</exception>
    public static object? Read(ReadOnlySpan<byte> pickle)
    {
        var machine = new StateDictPickle();
        var bytes = new PickleBytes(pickle);
        while (machine.Step(ref bytes)) { }
        return machine.Pop();
    }

    private bool Step(ref PickleBytes from)
    {
        int at = from.Position;
        byte opcode = from.Byte();
        switch (opcode)
        {
            case (byte)'.': return false;
            case 0x80: from.Take(1); break; // PROTO
            case 0x95: from.Take(8); break; // FRAME
            case (byte)'(': _marks.Push(_stack.Count); break;
            case (byte)'}': _stack.Add(new PickledDict()); break;
            case (byte)']': _stack.Add(new List<object?>()); break;
            case (byte)')': _stack.Add(Array.Empty<object?>()); break;
            case (byte)'t': _stack.Add(PopToMark()); break;
            case 0x85: _stack.Add(Pop(1)); break;
            case 0x86: _stack.Add(Pop(2)); break;
            case 0x87: _stack.Add(Pop(3)); break;
            case (byte)'N': _stack.Add(null); break;
            case 0x88: _stack.Add(true); break;
            case 0x89: _stack.Add(false); break;
            case (byte)'J': _stack.Add((long)from.Int32()); break;
            case (byte)'K': _stack.Add((long)from.Byte()); break;
            case (byte)'M': _stack.Add((long)from.UInt16()); break;
            case 0x8a: _stack.Add(from.Long(from.Byte())); break; // LONG1
            case (byte)'G': _stack.Add(from.BigEndianDouble()); break;
            case (byte)'X': _stack.Add(from.Text(from.Int32())); break;
            case 0x8c: _stack.Add(from.Text(from.Byte())); break; // SHORT_BINUNICODE
            case (byte)'q': _memo[from.Byte()] = Top(); break;
            case (byte)'r': _memo[from.Int32()] = Top(); break;
            case 0x94: _memo[_memo.Count] = Top(); break; // MEMOIZE
            case (byte)'h': _stack.Add(Remembered(from.Byte())); break;
            case (byte)'j': _stack.Add(Remembered(from.Int32())); break;
            case (byte)'c': _stack.Add(StateDictGlobals.Require(from.Line(), from.Line())); break;
            case 0x93: _stack.Add(NamedOnStack()); break; // STACK_GLOBAL
            case (byte)'R': Reduce(); break;
            case (byte)'b': Pop(); break; // BUILD: attributes of an OrderedDict are versions of modules, which no number depends on
            case (byte)'Q': _stack.Add(StateDictGlobals.Storage(Pop())); break;
            case (byte)'s': SetItems(Pop(2)); break;
            case (byte)'u': SetItems(PopToMark()); break;
            case (byte)'a': Append(Pop(1)); break;
            case (byte)'e': Append(PopToMark()); break;
            default: throw new InvalidDataException($"byte {at} of its pickle is the instruction 0x{opcode:x2}, which a state_dict does not need");
        }

        return true;
    }

    private object? Remembered(int index) => _memo.TryGetValue(index, out object? value)
        ? value
        : throw new InvalidDataException($"its pickle asks for value {index}, which it has not kept");

    private PickledGlobal NamedOnStack() => Pop(2) is [string module, string name]
        ? StateDictGlobals.Require(module, name)
        : throw new InvalidDataException("its pickle names something by what is no text");

    private void Reduce()
    {
        object? arguments = Pop(), what = Pop();
        _stack.Add(what is PickledGlobal global && arguments is object?[] given
            ? StateDictGlobals.Apply(global, given)
            : throw new InvalidDataException("its pickle calls what is no name"));
    }

    private void SetItems(object?[] items)
    {
        if (Top() is not PickledDict dict || items.Length % 2 != 0) { throw new InvalidDataException("its pickle sets items of what is no dict"); }
        for (int i = 0; i < items.Length; i += 2) { dict.Set(items[i], items[i + 1]); }
    }

    private void Append(object?[] items)
    {
        if (Top() is not List<object?> list) { throw new InvalidDataException("its pickle appends to what is no list"); }
        list.AddRange(items);
    }

    private object? Top() => _stack.Count > Ground ? _stack[^1] : throw new InvalidDataException("its pickle takes from an empty stack");

    private object? Pop() => Pop(1)[0];

    private object?[] Pop(int count) => _stack.Count - count >= Ground ? Take(count) : throw new InvalidDataException("its pickle takes from an empty stack");

    private object?[] PopToMark() => _marks.TryPop(out int mark) ? Take(_stack.Count - mark) : throw new InvalidDataException("its pickle closes what it has not opened");

    // Nothing is taken from below a mark that is still open.
    private int Ground => _marks.TryPeek(out int mark) ? mark : 0;

    private object?[] Take(int count)
    {
        object?[] taken = [.. _stack.TakeLast(count)];
        _stack.RemoveRange(_stack.Count - count, count);
        return taken;
    }
}
