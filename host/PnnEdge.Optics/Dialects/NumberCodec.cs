using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using PnnEdge.Optics.Scpi;

namespace PnnEdge.Optics.Dialects;

/// <summary>Many numbers to and from an answer.</summary>
public static class NumberCodec
{
    /// <summary>As spectrum analyzers write.</summary>
    private const string SignedScientific = "+0.00000000E+000;-0.00000000E+000;+0.00000000E+000";

    public static byte[] Write(NumberFormat format, ReadOnlySpan<double> numbers)
    {
        if (format == NumberFormat.Ascii)
        {
            return Encoding.ASCII.GetBytes(string.Join(',', numbers.ToArray().Select(number => number.ToString(SignedScientific, CultureInfo.InvariantCulture))));
        }

        int width = Width(format);
        byte[] data = new byte[numbers.Length * width];
        for (int i = 0; i < numbers.Length; i++)
        {
            Span<byte> to = data.AsSpan(i * width);
            switch (format)
            {
                case NumberFormat.Word16:
                    BinaryPrimitives.WriteUInt16LittleEndian(to, (ushort)numbers[i]);
                    break;
                case NumberFormat.Real32:
                    BinaryPrimitives.WriteSingleLittleEndian(to, (float)numbers[i]);
                    break;
                default:
                    BinaryPrimitives.WriteDoubleLittleEndian(to, numbers[i]);
                    break;
            }
        }

        return DefiniteBlock.Of(data);
    }

    /// <returns>Null when it is not an answer of that format.</returns>
    public static double[]? TryRead(NumberFormat format, ReadOnlySpan<byte> answer)
    {
        if (format == NumberFormat.Ascii) { return TryReadAscii(Encoding.Latin1.GetString(answer)); }
        int width = Width(format);
        if (!DefiniteBlock.TryRead(answer, out ReadOnlySpan<byte> data) || data.Length % width != 0) { return null; }
        double[] numbers = new double[data.Length / width];
        for (int i = 0; i < numbers.Length; i++)
        {
            ReadOnlySpan<byte> from = data[(i * width)..];
            numbers[i] = format switch
            {
                NumberFormat.Word16 => BinaryPrimitives.ReadUInt16LittleEndian(from),
                NumberFormat.Real32 => BinaryPrimitives.ReadSingleLittleEndian(from),
                _ => BinaryPrimitives.ReadDoubleLittleEndian(from),
            };
        }

        return Array.TrueForAll(numbers, double.IsFinite) ? numbers : null;
    }

    private static double[]? TryReadAscii(string answer)
    {
        string[] parts = answer.Split(',');
        double[] numbers = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i])) { return null; }
        }

        return numbers;
    }

    private static int Width(NumberFormat format) => format switch
    {
        NumberFormat.Word16 => sizeof(ushort),
        NumberFormat.Real32 => sizeof(float),
        _ => sizeof(double),
    };
}
