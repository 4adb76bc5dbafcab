using PnnEdge.Optics.Scpi;

namespace PnnEdge.Optics.Tests.Support;

/// <summary>A recorded conversation (<see cref="TranscriptText"/>), held again.</summary>
internal sealed class Transcript
{
    private readonly List<(bool IsAnswer, byte[] Message)> _messages = [];
    private readonly MessageScanner _scanner = new(1 << 20);
    private int _at;

    public static Transcript Load(string name)
    {
        var transcript = new Transcript();
        foreach (string line in File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Transcripts", $"{name}.txt")).Where(line => line.Length > 0 && line[0] != '#'))
        {
            transcript._messages.Add((line[0] == '<', TranscriptText.Read(line.Length > 2 ? line[2..] : string.Empty)));
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
            Assert.True(_at < _messages.Count, $"The transcript is over, and '{TranscriptText.Of(message)}' was sent.");
            Assert.Equal(TranscriptText.Of(_messages[_at].Message), TranscriptText.Of(message));
            for (_at++; _at < _messages.Count && _messages[_at].IsAnswer; _at++) { answers.AddRange([.. _messages[_at].Message, (byte)'\n']); }
        }

        return [.. answers];
    }
}
