using System.Text;
using System.Text.RegularExpressions;
using PnnEdge.Optics.Scpi;

namespace PnnEdge.Optics.Tests.Support;

/// <summary>What a controller (&gt;) and an instrument (&lt;) say, a message a line; {…} is a definite block of bytes in hexadecimal, # a comment.</summary>
internal sealed partial class Transcript
{
    private readonly List<(bool IsAnswer, byte[] Message)> _messages = [];
    private readonly MessageScanner _scanner = new(1 << 20);
    private int _at;

    public static Transcript Load(string name)
    {
        var transcript = new Transcript();
        foreach (string line in File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Transcripts", $"{name}.txt")).Where(line => line.Length > 0 && line[0] != '#'))
        {
            transcript._messages.Add((line[0] == '<', Bytes(line.Length > 2 ? line[2..] : string.Empty)));
        }

        return transcript;
    }

    public IReadOnlyList<(bool IsAnswer, byte[] Message)> Messages => _messages;

    /// <summary>All of it was said.</summary>
    public bool IsOver => _at == _messages.Count;

    /// <summary>The instrument's side: refuses what was not said then.</summary>
    public byte[] Answer(byte[] sent)
    {
        List<byte> answers = [];
        for (int from = 0; from < sent.Length;)
        {
            from += _scanner.Take(sent.AsSpan(from), out byte[]? message);
            if (message is null) { break; }
            Assert.True(_at < _messages.Count, $"The transcript is over, and '{Text(message)}' was sent.");
            Assert.Equal(Text(_messages[_at].Message), Text(message));
            for (_at++; _at < _messages.Count && _messages[_at].IsAnswer; _at++) { answers.AddRange([.. _messages[_at].Message, (byte)'\n']); }
        }

        return [.. answers];
    }

    /// <summary>One line as a file holds it.</summary>
    public static string Text(byte[] message)
    {
        int hash = Array.IndexOf(message, (byte)'#');
        if (hash < 0) { return Encoding.Latin1.GetString(message); }
        return DefiniteBlock.TryRead(message.AsSpan(hash), out ReadOnlySpan<byte> data)
            ? $"{Encoding.Latin1.GetString(message, 0, hash)}{{{Convert.ToHexString(data)}}}"
            : Encoding.Latin1.GetString(message);
    }

    private static byte[] Bytes(string text)
    {
        Match block = Block().Match(text);
        return block.Success
            ? [.. Encoding.Latin1.GetBytes(text[..block.Index]), .. DefiniteBlock.Of(Convert.FromHexString(block.Groups["hex"].Value))]
            : Encoding.Latin1.GetBytes(text);
    }

    [GeneratedRegex(@"\{(?<hex>[0-9A-Fa-f]*)\}$")]
    private static partial Regex Block();
}
