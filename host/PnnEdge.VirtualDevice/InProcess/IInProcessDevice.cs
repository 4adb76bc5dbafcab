using PnnEdge.Firmware.Core.Loop;
using PnnEdge.Firmware.Core.Ports;

namespace PnnEdge.VirtualDevice.InProcess;

/// <summary>A device of this process that a session talks to: its loop is given a turn for every frame, or turns by itself on a thread.</summary>
public interface IInProcessDevice
{
    /// <summary>Of the newest boot.</summary>
    DeviceLoop Firmware { get; }

    IDeviceClock Clock { get; }

    /// <summary>A frame may go without an answer, by an injected fault, and is then sent again.</summary>
    bool MayLoseFrames { get; }

    /// <summary>What it says: frame and length; the frame is the device's own and only valid during the call. Called on the session's thread.</summary>
    Action<byte[], int>? Said { get; set; }

    /// <summary>Lets the loop come round once without a frame.</summary>
    void Turn();

    /// <summary>One frame in; what the device has to say until it has answered is <see cref="Said"/> before this returns.</summary>
    void Exchange(byte[] frame, int length);

    /// <summary>Starts the device anew where it asked for that; false where it did not.</summary>
    bool RestartWhenAsked();
}
