using PnnEdge.Firmware.Esp32.Connection;
using PnnEdge.Wire.Ports;

namespace PnnEdge.Firmware.Esp32.Tests.Connection;

public class FrameInboxTests
{
    private readonly FrameInbox _inbox = new(2);
    private readonly InboundFrame _frame = new();

    [Fact]
    public void Frames_come_out_as_they_came_in()
    {
        _inbox.Put([1], retained: false);
        _inbox.Put([2, 3], retained: true);
        Assert.True(_inbox.Take(_frame, 0));
        Assert.Equal((1, false), (_frame.Length, _frame.Retained));
        Assert.True(_inbox.Take(_frame, 0));
        Assert.Equal([2, 3], _frame.Buffer);
        Assert.Equal((2, true), (_frame.Length, _frame.Retained));
        Assert.False(_inbox.Take(_frame, 0));
    }

    [Fact]
    public void What_does_not_fit_is_dropped_and_counted_and_the_older_ones_stay()
    {
        for (byte i = 1; i <= 5; i++)
        {
            _inbox.Put([i], retained: false);
        }

        Assert.Equal(3u, _inbox.Dropped);
        _inbox.Take(_frame, 0);
        Assert.Equal([1], _frame.Buffer);
        _inbox.Put([6], retained: false);
        _inbox.Take(_frame, 0);
        _inbox.Take(_frame, 0);
        Assert.Equal([6], _frame.Buffer);
    }

    [Fact]
    public void A_frame_wakes_who_waits()
    {
        Thread sender = new(() => _inbox.Put([9], retained: false));
        sender.Start();
        bool came = false;
        for (int i = 0; i < 100 && !came; i++)
        {
            came = _inbox.Take(_frame, 100);
        }

        sender.Join();
        Assert.True(came);
    }

    [Fact]
    public void A_new_connection_finds_nothing_of_the_old_one()
    {
        _inbox.Put([1], retained: false);
        _inbox.Clear();
        Assert.False(_inbox.Take(_frame, 0));
        Assert.Equal(0u, _inbox.Dropped);
    }
}
