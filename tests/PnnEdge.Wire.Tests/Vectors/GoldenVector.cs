using System.Globalization;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Tests.Document;

namespace PnnEdge.Wire.Tests.Vectors;

/// <summary>One file of shared/vectors: the verdict it expects, its bytes, and the field that each of its lines begins.</summary>
internal sealed record GoldenVector(string Name, RefusalReason Expected, byte[] Bytes, IReadOnlyList<(int Offset, string Field)> Fields)
{
    internal static GoldenVector Read(string name)
    {
        RefusalReason? expected = null;
        List<byte> bytes = [];
        List<(int, string)> fields = [];
        foreach (string line in Resources.ReadText("vectors/" + name).ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('#'))
            {
                expected ??= line.StartsWith("# expect: ", StringComparison.Ordinal) ? Enum.Parse<RefusalReason>(line[10..]) : null;
                continue;
            }

            string[] halves = line.Split('#', 2);
            string[] tokens = halves[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int offset = int.Parse(tokens[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (offset != bytes.Count)
            {
                throw new FormatException($"{name}: a line says offset {offset:X4}; {bytes.Count:X4} bytes stand before it.");
            }

            bytes.AddRange(tokens.Skip(1).Select(t => byte.Parse(t, NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
            fields.Add((offset, halves[1].Trim()));
        }

        return new(name, expected ?? throw new FormatException($"{name}: no line says what to expect."), [.. bytes], fields);
    }
}
