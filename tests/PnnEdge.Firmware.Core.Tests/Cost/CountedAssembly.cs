using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace PnnEdge.Firmware.Core.Tests.Cost;

/// <summary>A copy of an assembly that counts how often each of its basic blocks is entered.</summary>
internal sealed class CountedAssembly
{
    private const string CounterType = "BlockHits";
    private readonly List<long[]> _kindsOfBlock = [];

    public CountedAssembly(string path)
    {
        using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(path);
        ModuleDefinition module = assembly.MainModule;
        FieldDefinition hits = AddCounters(module);
        foreach (MethodDefinition method in module.GetAllTypes().ToArray().SelectMany(type => type.Methods).Where(method => method.HasBody && method.DeclaringType != hits.DeclaringType))
        {
            Count(method, hits);
        }

        Fill(hits, _kindsOfBlock.Count);
        using var stream = new MemoryStream();
        assembly.Write(stream);
        Image = stream.ToArray();
    }

    public byte[] Image { get; }

    /// <summary>[block]: entered so often until now.</summary>
    public static long[] Hits(System.Reflection.Assembly loaded) => (long[])loaded.GetType(CounterType, throwOnError: true)!.GetField("Hits")!.GetValue(null)!;

    /// <param name="hits">[block]: entered so often.</param>
    public OperationCount Sum(IReadOnlyList<long> hits)
    {
        long[] sum = new long[Enum.GetValues<OperationKind>().Length];
        for (int block = 0; block < hits.Count; block++)
        {
            for (int kind = 0; kind < sum.Length; kind++) { sum[kind] += hits[block] * _kindsOfBlock[block][kind]; }
        }

        return new OperationCount(sum);
    }

    private static FieldDefinition AddCounters(ModuleDefinition module)
    {
        var type = new TypeDefinition(
            string.Empty, CounterType, TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed, module.TypeSystem.Object);
        var field = new FieldDefinition("Hits", FieldAttributes.Public | FieldAttributes.Static, new ArrayType(module.TypeSystem.Int64));
        type.Fields.Add(field);
        module.Types.Add(type);
        return field;
    }

    private static void Fill(FieldDefinition hits, int blocks)
    {
        ModuleDefinition module = hits.Module;
        var start = new MethodDefinition(
            ".cctor", MethodAttributes.Private | MethodAttributes.Static | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName | MethodAttributes.HideBySig, module.TypeSystem.Void);
        ILProcessor il = start.Body.GetILProcessor();
        il.Emit(OpCodes.Ldc_I4, blocks);
        il.Emit(OpCodes.Newarr, module.TypeSystem.Int64);
        il.Emit(OpCodes.Stsfld, hits);
        il.Emit(OpCodes.Ret);
        hits.DeclaringType.Methods.Add(start);
    }

    private void Count(MethodDefinition method, FieldDefinition hits)
    {
        method.Body.SimplifyMacros();
        ILProcessor il = method.Body.GetILProcessor();
        Instruction[] original = [.. method.Body.Instructions];
        HashSet<Instruction> leaders = Leaders(method.Body, original);
        Dictionary<Instruction, Instruction> entries = [];
        for (int at = 0; at < original.Length;)
        {
            int end = at + 1;
            while (end < original.Length && !leaders.Contains(original[end])) { end++; }
            entries[original[at]] = Insert(il, original[at], hits, _kindsOfBlock.Count);
            _kindsOfBlock.Add(KindsOf(original.AsSpan(at..end)));
            at = end;
        }

        Retarget(method.Body, original, entries);
        method.Body.OptimizeMacros();
    }

    private static Instruction Insert(ILProcessor il, Instruction before, FieldDefinition hits, int block)
    {
        TypeReference number = hits.Module.TypeSystem.Int64;
        Instruction[] entry =
        [
            il.Create(OpCodes.Ldsfld, hits), il.Create(OpCodes.Ldc_I4, block), il.Create(OpCodes.Ldelema, number), il.Create(OpCodes.Dup), il.Create(OpCodes.Ldind_I8),
            il.Create(OpCodes.Ldc_I4, 1), il.Create(OpCodes.Conv_I8), il.Create(OpCodes.Add), il.Create(OpCodes.Stind_I8),
        ];
        foreach (Instruction instruction in entry) { il.InsertBefore(before, instruction); }
        return entry[0];
    }

    private static HashSet<Instruction> Leaders(MethodBody body, Instruction[] instructions)
    {
        HashSet<Instruction> leaders = [instructions[0]];
        foreach (Instruction instruction in instructions)
        {
            foreach (Instruction target in TargetsOf(instruction)) { leaders.Add(target); }
            if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch && instruction.Next is not null) { leaders.Add(instruction.Next); }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            foreach (Instruction? edge in new[] { handler.TryStart, handler.TryEnd, handler.HandlerStart, handler.HandlerEnd, handler.FilterStart })
            {
                if (edge is not null) { leaders.Add(edge); }
            }
        }

        return leaders;
    }

    private static Instruction[] TargetsOf(Instruction instruction) => instruction.Operand switch
    {
        Instruction target => [target],
        Instruction[] targets => targets,
        _ => [],
    };

    private static void Retarget(MethodBody body, Instruction[] original, Dictionary<Instruction, Instruction> entries)
    {
        foreach (Instruction instruction in original)
        {
            if (instruction.Operand is Instruction target) { instruction.Operand = entries[target]; }
            else if (instruction.Operand is Instruction[] targets) { instruction.Operand = targets.Select(at => entries[at]).ToArray(); }
        }

        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            handler.TryStart = Moved(handler.TryStart);
            handler.TryEnd = Moved(handler.TryEnd);
            handler.HandlerStart = Moved(handler.HandlerStart);
            handler.HandlerEnd = Moved(handler.HandlerEnd);
            handler.FilterStart = Moved(handler.FilterStart);
        }

        Instruction? Moved(Instruction? edge) => edge is null ? null : entries[edge];
    }

    private static long[] KindsOf(ReadOnlySpan<Instruction> block)
    {
        long[] kinds = new long[Enum.GetValues<OperationKind>().Length];
        foreach (Instruction instruction in block) { kinds[(int)KindOf(instruction)]++; }
        return kinds;
    }

    private static OperationKind KindOf(Instruction instruction) => instruction.OpCode.Code switch
    {
        Code.Callvirt => OperationKind.VirtualCall,
        Code.Call => OperationKind.Call,
        Code.Newobj when ((MethodReference)instruction.Operand).DeclaringType.IsValueType => OperationKind.Call, // in place, not on the heap
        Code.Newobj or Code.Newarr or Code.Box => OperationKind.New,
        >= Code.Ldelema and <= Code.Stelem_Ref or Code.Ldelem_Any or Code.Stelem_Any => OperationKind.Element,
        _ => OperationKind.Simple,
    };
}
