using System.Globalization;

namespace PnnEdge.Interchange.TensorBoard;

/// <summary>One event file of a TensorBoard run: scalars over steps, readable while it grows.</summary>
/// <remarks>Field numbers of Event, SessionLog, Summary and SummaryMetadata: tensorboard/compat/proto of github.com/tensorflow/tensorboard.</remarks>
public sealed class EventFile : IDisposable
{
    private const int SessionStart = 1; // SessionLog.SessionStatus.START

    private readonly TimeProvider _time;
    private readonly FileStream _file;
    private readonly HashSet<string> _described = [];

    /// <param name="folder">Of the run; made where it is not there. Files already in it stay: TensorBoard reads them in the order of their names.</param>
    /// <param name="firstStep">The first step that will be written: what earlier files have from there on is dropped by TensorBoard, because it is done again.</param>
    public EventFile(string folder, long firstStep, TimeProvider time)
    {
        _time = time;
        Directory.CreateDirectory(folder);
        long second = time.GetUtcNow().ToUnixTimeSeconds();
        string path;
        for (int n = 0; File.Exists(path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{second:D10}.pnn.{n:D4}"))); n++) { }
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        Append(new ProtoMessage().Text(3, "brain.Event:2"), step: 0);

        // In the first file, too: TensorBoard takes only a second start of a run for a restart, and drops what lies behind it.
        Append(new ProtoMessage().Message(7, new ProtoMessage().Whole(1, SessionStart)), firstStep);
    }

    public void Write(long step, params ReadOnlySpan<Scalar> scalars)
    {
        var summary = new ProtoMessage();
        foreach (Scalar scalar in scalars)
        {
            ProtoMessage value = new ProtoMessage().Text(1, scalar.Tag).Float(2, (float)scalar.Value);
            if (_described.Add(scalar.Tag)) { value.Message(9, new ProtoMessage().Text(3, scalar.About)); } // TensorBoard keeps the first
            summary.Message(1, value);
        }

        Append(new ProtoMessage().Message(5, summary), step);
    }

    public void Dispose() => _file.Dispose();

    private void Append(ProtoMessage what, long step)
    {
        double wallSeconds = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;
        RecordStream.Append(_file, [.. new ProtoMessage().Double(1, wallSeconds).Whole(2, step).ToArray(), .. what.ToArray()]);
    }
}

/// <param name="Tag">With its unit as the name's end; a slash groups it.</param>
/// <param name="About">What it is, for a person.</param>
public readonly record struct Scalar(string Tag, double Value, string About);
