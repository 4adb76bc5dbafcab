using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace PnnEdge.NanoSubset.Tests.Checks;

/// <param name="Token">Metadata token, or 0 when the instruction has none.</param>
/// <param name="SwitchTargets">Length of the jump table, or 0.</param>
public readonly record struct IlInstruction(OpCode OpCode, int Token, int SwitchTargets);

public static class IlInstructions
{
    private static readonly Dictionary<short, OpCode> ByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(op => op.Value);

    public static IEnumerable<IlInstruction> Read(BlobReader il)
    {
        while (il.RemainingBytes > 0)
        {
            byte first = il.ReadByte();
            short value = first == 0xFE ? (short)((first << 8) | il.ReadByte()) : first;
            OpCode op = ByValue.TryGetValue(value, out OpCode known)
                ? known
                : throw new BadImageFormatException($"0x{value:X} is not an IL instruction.");
            switch (op.OperandType)
            {
                case OperandType.InlineNone:
                    yield return new IlInstruction(op, 0, 0);
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    il.ReadByte();
                    yield return new IlInstruction(op, 0, 0);
                    break;
                case OperandType.InlineVar:
                    il.ReadInt16();
                    yield return new IlInstruction(op, 0, 0);
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    il.ReadInt64();
                    yield return new IlInstruction(op, 0, 0);
                    break;
                case OperandType.InlineI or OperandType.InlineBrTarget or OperandType.ShortInlineR or OperandType.InlineString:
                    il.ReadInt32();
                    yield return new IlInstruction(op, 0, 0);
                    break;
                case OperandType.InlineSwitch:
                    int targets = il.ReadInt32();
                    il.Offset += targets * sizeof(int);
                    yield return new IlInstruction(op, 0, targets);
                    break;
                default:
                    yield return new IlInstruction(op, il.ReadInt32(), 0);
                    break;
            }
        }
    }
}
