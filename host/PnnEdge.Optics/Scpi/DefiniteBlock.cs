using System.Globalization;
using System.Text;

namespace PnnEdge.Optics.Scpi;

/// <summary>Bytes as IEEE 488.2 carries them: <c>#</c>, one digit that counts the length's digits, the length, the bytes (IEEE 488.2-1992, 7.7.6 and 8.7.9).</summary>
public static class DefiniteBlock
{
    /// <summary>What nine digits can say.</summary>
    public const int MaxBytes = 999_999_999;

    public static byte[] Of(ReadOnlySpan<byte> data)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, MaxBytes);
        string length = data.Length.ToString(CultureInfo.InvariantCulture);
        byte[] header = Encoding.ASCII.GetBytes($"#{length.Length}{length}");
        return [.. header, .. data];
    }

    /// <summary>The bytes of a block that is all of <paramref name="text"/>; also of the indefinite form <c>#0</c>, which a message's end closes.</summary>
    /// <returns>False for anything else.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> data)
    {
        data = default;
        if (text.Length < 2 || text[0] != '#' || !char.IsAsciiDigit((char)text[1])) { return false; }
        int digits = text[1] - '0';
        if (digits == 0)
        {
            data = text[2..];
            return true;
        }

        int length = 0;
        if (text.Length < 2 + digits) { return false; }
        foreach (byte digit in text.Slice(2, digits))
        {
            if (!char.IsAsciiDigit((char)digit)) { return false; }
            length = (length * 10) + (digit - '0');
        }

        if (text.Length != 2 + digits + length) { return false; }
        data = text[(2 + digits)..];
        return true;
    }
}
