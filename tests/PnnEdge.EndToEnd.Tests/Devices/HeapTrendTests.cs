namespace PnnEdge.EndToEnd.Tests.Devices;

public sealed class HeapTrendTests
{
    // As the firmware on the interpreter told it: 25 blocks from heartbeat to heartbeat, now and then with a frame more or less on its way.
    private static readonly int[] Flat =
    [
        28_596, 28_596, 28_596, 28_596, 28_272, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596,
        28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 28_596, 29_064,
    ];

    [Fact]
    public void Frames_on_their_way_are_no_trend() => Assert.Equal(0, HeapTrend.BytesPerThousandBlocks(Readings(_ => 0)));

    [Fact]
    public void Twelve_bytes_in_every_twentieth_block_are_beyond_the_bound() =>
        Assert.True(HeapTrend.BytesPerThousandBlocks(Readings(blocks => 12 * (blocks / 20))) < -HeapTrend.MostLostBytes);

    [Fact]
    public void Twenty_four_bytes_in_every_heartbeat_are_beyond_the_bound() =>
        Assert.Equal(-960, HeapTrend.BytesPerThousandBlocks(Readings(blocks => 24 * (blocks / 25))), 1e-9); // 40 heartbeats in 1,000 blocks

    [Fact]
    public void Memory_that_comes_back_is_no_loss() => Assert.Equal(1000, HeapTrend.BytesPerThousandBlocks(Readings(blocks => -blocks)), 1e-9);

    [Fact]
    public void Without_blocks_between_them_readings_have_no_trend() =>
        Assert.Throws<ArgumentException>(() => HeapTrend.BytesPerThousandBlocks([new HealthReading(7, 28_596, 0), new HealthReading(7, 28_000, 2000)]));

    private static HealthReading[] Readings(Func<int, int> lost) => [.. Flat.Select((free, i) => new HealthReading(25 * i, free - lost(25 * i), 2000 * i))];
}
