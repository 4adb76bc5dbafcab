namespace PnnEdge.Optics.Dialects;

/// <summary>What the optical rig asks of its instruments; a dialect says how each of them is written. {value}, {count} and {block} stand for what is sent along.</summary>
public enum Operation
{
    /// <summary>Who is there.</summary>
    Identify,

    /// <summary>Empties the error queue.</summary>
    Clear,

    /// <summary>Takes the oldest error out of the queue.</summary>
    NextError,

    /// <summary>Answers 1 when all before it is done.</summary>
    Wait,

    /// <summary>Answers a number whose lowest bit says that the measurement is done; asked until it is.</summary>
    IsDone,

    /// <summary>Brings the instrument into the state that the other operations expect.</summary>
    Prepare,

    ShutterOpen,

    ShutterClose,

    /// <summary>1 for open.</summary>
    IsShutterOpen,

    /// <summary>{value}: the shutter closes by itself unless it is opened, or this is sent again, within so many seconds; 0 for never.</summary>
    ShutterHold,

    /// <summary>The seconds of <see cref="ShutterHold"/>.</summary>
    ReadShutterHold,

    /// <summary>The laser's mean power, W.</summary>
    Power,

    /// <summary>Loads one or more frames, row after row: a byte per grey level, or a bit per mirror.</summary>
    Frames,

    /// <summary>Measures the spectrum of every loaded frame, or one where the modulator is another instrument's.</summary>
    Measure,

    /// <summary>The spectra measured last, one after the other.</summary>
    Fetch,

    /// <summary>The wavelength of every detector pixel.</summary>
    Wavelengths,

    /// <summary>{value}: exposure, s.</summary>
    Integration,

    /// <summary>{count}: exposures averaged into one spectrum.</summary>
    Averages,

    /// <summary>{value}: logical index of the next shot; a simulated table's only.</summary>
    Shot,
}
