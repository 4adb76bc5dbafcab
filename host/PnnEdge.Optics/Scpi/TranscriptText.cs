using System.Text;
using System.Text.RegularExpressions;

namespace PnnEdge.Optics.Scpi;

/// <summary>How a transcript's file writes what a controller (&gt;) and an instrument (&lt;) said, a message a line; {…} is a definite block of bytes in hexadecimal, # a comment.</summary>
public static partial class TranscriptText
{
    public const string Sent = "> ";

    public const string Answered = "< ";

    public static string Of(byte[] message)
    {
        int hash = Array.IndexOf(message, (byte)'#');
        if (hash < 0) { return Encoding.Latin1.GetString(message); }
        return DefiniteBlock.TryRead(message.AsSpan(hash), out ReadOnlySpan<byte> data)
            ? $"{Encoding.Latin1.GetString(message, 0, hash)}{{{Convert.ToHexString(data)}}}"
            : Encoding.Latin1.GetString(message);
    }

    public static byte[] Read(string text)
    {
        Match block = Block().Match(text);
        return block.Success
            ? [.. Encoding.Latin1.GetBytes(text[..block.Index]), .. DefiniteBlock.Of(Convert.FromHexString(block.Groups["hex"].Value))]
            : Encoding.Latin1.GetBytes(text);
    }

    [GeneratedRegex(@"\{(?<hex>[0-9A-Fa-f]*)\}$")]
    private static partial Regex Block();
}
