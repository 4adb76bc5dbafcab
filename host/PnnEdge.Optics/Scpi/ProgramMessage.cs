using System.Text;

namespace PnnEdge.Optics.Scpi;

/// <summary>A message taken apart into its commands (IEEE 488.2-1992, 7.3 to 7.7).</summary>
public static class ProgramMessage
{
    /// <summary>One after the other, so that the commands before a broken one are obeyed.</summary>
    /// <exception cref="ScpiRefusalException">What comes next cannot be read.</exception>
    public static IEnumerable<ProgramUnit> Units(byte[] message)
    {
        string path = string.Empty;
        foreach (Range part in Split(message, 0, message.Length, (byte)';'))
        {
            (int start, int end) = (part.Start.Value, part.End.Value);
            while (start < end && IsBlank(message[start])) { start++; }
            if (start == end) { continue; }
            int headerEnd = start;
            while (headerEnd < end && !IsBlank(message[headerEnd])) { headerEnd++; }
            string header = Rooted(Encoding.Latin1.GetString(message, start, headerEnd - start), ref path);
            yield return new ProgramUnit(header, Parameters(message, headerEnd, end));
        }
    }

    private static byte[][] Parameters(byte[] message, int start, int end)
    {
        if (message.AsSpan(start, end - start).IndexOfAnyExcept((byte)' ', (byte)'\t', (byte)'\r') < 0) { return []; }
        return [.. Split(message, start, end, (byte)',').Select(part =>
        {
            // A block's own bytes may be blanks: only what stands before and behind a parameter goes.
            (int from, int to) = (part.Start.Value, part.End.Value);
            while (from < to && IsBlank(message[from])) { from++; }
            if (from < to && message[from] != '#') { while (to > from && IsBlank(message[to - 1])) { to--; } }
            if (from == to) { throw new ScpiRefusalException(-109); }
            return message[from..to];
        })];
    }

    /// <summary>A header goes on from the branch of the one before it; a colon begins at the root, a star leaves the branch alone (SCPI-99 volume 1, 6.2.4).</summary>
    private static string Rooted(string header, ref string path)
    {
        if (header[0] == '*') { return header; }
        string rooted = header[0] == ':' ? header[1..] : path + header;
        if (rooted.Length == 0 || !rooted.All(c => char.IsAsciiLetterOrDigit(c) || c is ':' or '_' or '?'))
        {
            throw new ScpiRefusalException(rooted.Length == 0 ? -102 : -101, ProgramUnit.Shown(header));
        }

        int branch = rooted.LastIndexOf(':');
        path = rooted[..(branch + 1)];
        return rooted;
    }

    /// <summary>At every separator that stands in no string and no block.</summary>
    private static List<Range> Split(byte[] message, int start, int end, byte separator)
    {
        List<Range> parts = [];
        int from = start;
        for (int at = start; at < end; at++)
        {
            if (message[at] == separator)
            {
                parts.Add(from..at);
                from = at + 1;
            }
            else if (message[at] is (byte)'"' or (byte)'\'')
            {
                int close = Array.IndexOf(message, message[at], at + 1, end - at - 1);
                at = close < 0 ? throw new ScpiRefusalException(-102, "a string has no end") : close;
            }
            else if (message[at] == '#')
            {
                at = EndOfBlock(message, at, end) - 1;
            }
        }

        parts.Add(from..end);
        return parts;
    }

    private static int EndOfBlock(byte[] message, int hash, int end)
    {
        if (hash + 1 >= end || !char.IsAsciiDigit((char)message[hash + 1])) { throw new ScpiRefusalException(-160, "no length follows the #"); }
        int digits = message[hash + 1] - '0';
        if (digits == 0) { return end; }
        int length = 0;
        for (int at = hash + 2; at < hash + 2 + digits; at++)
        {
            if (at >= end || !char.IsAsciiDigit((char)message[at])) { throw new ScpiRefusalException(-160, "its length is no number"); }
            length = (length * 10) + (message[at] - '0');
        }

        int last = hash + 2 + digits + length;
        return last <= end ? last : throw new ScpiRefusalException(-161, $"{length} bytes were announced and {end - hash - 2 - digits} came");
    }

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r';
}
