using System.Globalization;

namespace PnnEdge.Interchange.Tests;

/// <summary>Python's float.hex(): every bit of a number as text.</summary>
internal static class Hexadecimal
{
    /// <param name="line">Numbers with a blank between them.</param>
    public static double[] Numbers(string line) => [.. line.Split(' ').Select(Number)];

    private static double Number(string text)
    {
        double sign = text[0] == '-' ? -1 : 1;
        string[] parts = text.TrimStart('-')[2..].Split('p');
        string[] digits = parts[0].Split('.');
        long mantissa = long.Parse(digits[0] + (digits.Length > 1 ? digits[1] : ""), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        int scale = int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) - (digits.Length > 1 ? 4 * digits[1].Length : 0);
        return sign * Math.ScaleB(mantissa, scale);
    }
}
