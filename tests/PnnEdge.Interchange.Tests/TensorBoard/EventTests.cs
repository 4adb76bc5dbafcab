using PnnEdge.Interchange.TensorBoard;
using PnnEdge.Training.Methods;

namespace PnnEdge.Interchange.Tests.TensorBoard;

/// <summary>No TensorBoard is in Debian's packages: records are held against crcmod's CRC-32C and a reader of a few lines instead.</summary>
public sealed class EventTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_checksum_is_that_of_RFC_3720()
    {
        byte[] rising = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        Assert.Equal(0x8a9136aau, Crc32C.Of(new byte[32]));
        Assert.Equal(0x62a8ab43u, Crc32C.Of([.. Enumerable.Repeat((byte)0xff, 32)]));
        Assert.Equal(0x46dd794eu, Crc32C.Of(rising));
        Assert.Equal(0x113fdb5cu, Crc32C.Of([.. rising.Reverse()]));
        Assert.Equal(0xd9963a56u, Crc32C.Of(Convert.FromHexString("01c0000000000000000000000000000014000000000004000000001400000018280000000000000002000000" + "00000000")));
        Assert.Equal(0xe3069283u, Crc32C.Of("123456789"u8)); // the catalogue's check value: a length that is no multiple of 8
    }

    [Fact]
    public void Every_record_s_checksums_hold_and_every_value_comes_back()
    {
        var time = new SetClock(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_250));
        using (var events = new TrainingEvents(_folder.Path, finishedSteps: 0, time))
        {
            events.Step(new TrainingProgress(1, 2, 1, 10, 1.5, null, 0.03, new TrainingTotals(100, TimeSpan.FromSeconds(2), default, default)));
            time.Now += TimeSpan.FromSeconds(1.5);
            events.Step(new TrainingProgress(1, 2, 2, 10, 0.1, null, 0.02, new TrainingTotals(200, TimeSpan.FromSeconds(2), default, default)));
            events.Epoch(2, new EpochReport(1, 0.8, 0.75, 0.9, 0.0625));
        }

        string path = Assert.Single(Directory.GetFiles(_folder.Path));
        Assert.Equal("events.out.tfevents.1700000000.pnn.0000", Path.GetFileName(path));
        string[] lines = PythonScript.Run("read_events.py", path);
        Assert.Equal(["1700000000.25 0 brain.Event:2", "1700000000.25 1 session 1"], lines[..2]);
        Assert.StartsWith("1700000000.25 1 step/loss_nats=1.5|Cross-entropy of one mini-batch", lines[2], StringComparison.Ordinal);
        Assert.Contains("nats per sample.; step/learning_rate=0.029999999329447746|Of the optimizer", lines[2], StringComparison.Ordinal);
        Assert.Equal("1700000001.75 2 step/loss_nats=0.10000000149011612; step/learning_rate=0.019999999552965164; step/shots_per_second=100.0", lines[3]);
        Assert.Equal(
            [("epoch/train_loss_nats", "0.800000011920929"), ("epoch/validation_loss_nats", "0.8999999761581421"), ("epoch/validation_accuracy", "0.75"), ("epoch/clamped_share", "0.0625")],
            lines[4].Split(' ', 3)[2].Split("; ").Select(value => (value.Split('=')[0], value.Split('=')[1].Split('|')[0])));
        Assert.Equal(5, lines.Length);
    }

    [Fact]
    public void A_resumed_training_goes_on_in_a_new_file_that_takes_back_what_is_done_again()
    {
        var time = new SetClock(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000));
        for (int session = 0; session < 2; session++)
        {
            using var events = new TrainingEvents(_folder.Path, finishedSteps: 40 * session, time); // within the same second
            events.Step(new TrainingProgress(1, 2, (40 * session) + 1, 100, 1, null, 0.1, default));
        }

        string[] files = [.. Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal)];
        Assert.Equal(["events.out.tfevents.1700000000.pnn.0000", "events.out.tfevents.1700000000.pnn.0001"], files.Select(Path.GetFileName));
        Assert.Equal("1700000000.0 1 session 1", PythonScript.Run("read_events.py", files[0])[1]);
        string[] lines = PythonScript.Run("read_events.py", files[1]);
        Assert.Equal(["1700000000.0 0 brain.Event:2", "1700000000.0 41 session 1"], lines[..2]); // the second start: TensorBoard drops steps from 41 on
        Assert.StartsWith("1700000000.0 41 step/loss_nats=1.0", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_can_be_read_while_it_is_written()
    {
        using var events = new EventFile(_folder.Path, 1, TimeProvider.System);
        string path = Assert.Single(Directory.GetFiles(_folder.Path));
        for (int step = 1; step <= 3; step++)
        {
            events.Write(step, new Scalar("x_volts", step, "V"));
            Assert.Equal(step + 2, PythonScript.Run("read_events.py", path).Length);
        }
    }

    [Fact]
    public void A_spoiled_record_does_not_pass_the_reader_that_these_tests_trust()
    {
        using (var events = new EventFile(_folder.Path, 1, TimeProvider.System)) { events.Write(1, new Scalar("x_volts", 1, "V")); }
        string path = Assert.Single(Directory.GetFiles(_folder.Path));
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^10] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("checksum of the record", Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => PythonScript.Run("read_events.py", path)).Message, StringComparison.Ordinal);
    }

    private sealed class SetClock(DateTimeOffset start) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = start;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
