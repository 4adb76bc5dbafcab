using PnnEdge.Firmware.Core;
using PnnEdge.Firmware.Esp32.Boards;
using PnnEdge.VirtualDevice.Boards;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Esp32.Tests.Boards;

/// <summary>The simulated ladder stands behind the board that a builder flashes: a network that was trained there finds the same channels and sizes here.</summary>
public class VirtualSlowBoardTests
{
    private static readonly Board Simulated = VirtualBoards.Slow(7), Real = SpiBoard.Describe(7);

    [Fact]
    public void Its_channels_are_the_SPI_board_s() => Assert.Equal(Real.Channels.Select(Record), Simulated.Channels.Select(Record));

    [Fact]
    public void Its_frames_memory_and_times_are_the_SPI_board_s()
    {
        Assert.Equal(Sizes(Real), Sizes(Simulated));
        Assert.True(Simulated.Simulated);
        Assert.False(Real.Simulated);
    }

    private static string Record(ChannelRecord channel)
    {
        byte[] record = new byte[ChannelRecord.RecordBytes];
        channel.Write(record, 0);
        return Convert.ToHexString(record);
    }

    private static (int, int, int, int, int, int, int, int, int) Sizes(Board board) => (
        board.MaxFrameBytes, board.FrameMemoryBytes, board.ParameterSets, board.ProgramBytes, board.ProgramMemoryBytes, board.KeptResults,
        board.LongestTransferMillis, board.MaxLeaseMillis, board.HeartbeatMillis);
}
