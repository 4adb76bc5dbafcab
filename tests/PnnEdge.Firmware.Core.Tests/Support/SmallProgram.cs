using PnnEdge.Firmware.Core.Storage;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Programs;

namespace PnnEdge.Firmware.Core.Tests.Support;

/// <summary>A sealed program for the rig's board: two layers of two branches, three classes.</summary>
public static class SmallProgram
{
    public static readonly byte[] Key = [.. Enumerable.Range(100, ProgramSeal.KeyBytes).Select(i => (byte)i)];

    public static readonly float[] Features = [0.25f, 0.75f, 0.5f];

    public const int Layers = 2;

    private const int Branches = 2, DataSlots = 2, Windows = 2, Classes = 3, Carried = Branches * Windows;

    /// <summary>Storage of a device that was given its key.</summary>
    public static TearableStorage WithKey()
    {
        TearableStorage storage = new();
        Assert.True(DeviceKey.Provision(storage, new HostCrc32(), Key));
        return storage;
    }

    /// <summary>A device that runs version 7 and whose lease was given back.</summary>
    public static Rig Deployed(int timerMillis)
    {
        Rig rig = new(WithKey());
        rig.Step();
        rig.Accept(rig.Arm());
        rig.Accept(rig.Program(Of(7, timerMillis)));
        rig.Accept(rig.Command(CommandCode.Disarm));
        rig.Step(2000 - 1500);
        rig.Link.Remembers = false;
        return rig;
    }

    /// <summary>So, and its connection is gone; it has something to look at from now on.</summary>
    public static Rig Offline(int timerMillis)
    {
        Rig rig = Deployed(timerMillis);
        rig.Link.Connected = false;
        rig.Step();
        rig.Input.Sees = Features;
        return rig;
    }

    public static byte[] Of(uint version, int timerMillis = 0)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        byte[] header = new byte[ProgramHeader.Bytes];
        Bytes.PutUInt32(header, ProgramHeader.MagicAt, ProgramHeader.Magic);
        Bytes.PutUInt32(header, ProgramHeader.ProgramVersionAt, version);
        Bytes.PutUInt32(header, ProgramHeader.TimerMillisAt, (uint)timerMillis);
        foreach ((int at, int value) in new[]
        {
            (ProgramHeader.FormatAt, ProgramHeader.Format), (ProgramHeader.LayersAt, Layers), (ProgramHeader.BranchesAt, Branches), (ProgramHeader.RepeatsAt, 1),
            (ProgramHeader.FeaturesAt, Features.Length), (ProgramHeader.ClassesAt, Classes), (ProgramHeader.DataSlotsAt, DataSlots), (ProgramHeader.ParameterSlotsAt, 2),
            (ProgramHeader.HoldSamplesAt, 1), (ProgramHeader.WindowsAt, Windows), (ProgramHeader.PassedOnAt, Carried), (ProgramHeader.ScalesAt, 1),
            (ProgramHeader.RestCodeAt, Rig.RestCode), (ProgramHeader.IdleCodeAt, Rig.RestCode),
        })
        {
            Bytes.PutUInt16(header, at, value);
        }

        new RunPlan
        {
            SampleRateMilliHertz = 1_000_000,
            StimulusWords = 4,
            MeasurementWords = 4,
            RestSamples = 1,
            ShotsPerBlock = Branches,
            StimulusChannels = 1,
            MeasurementChannels = 1,
            Actuators = 2,
        }.WriteAt(header, ProgramHeader.PlanAt);
        Bytes.PutSingle(header, ProgramHeader.MinVoltsAt, -1f);
        Bytes.PutSingle(header, ProgramHeader.MaxVoltsAt, 1f);
        writer.Write(header);
        Words(writer, 1, 3, 0, 2, 0, 2, 4);
        Floats(writer, 0f, 0f, 1f, 1f);
        for (int l = 0; l < Layers; l++)
        {
            writer.Write((ulong)(1000 * l));
            Words(writer, 0, 1, l == 0 ? 2 : 3, 2, 2000, 2100, 2050, 1990);
            Floats(writer, 0.5f, -0.5f, 0.75f, 0.25f);
        }

        for (int c = 0; c < Classes; c++)
        {
            Words(writer, c, 2);
            Floats(writer, 2f, 1f + c, 0.1f * c, 1f, 1f);
        }

        return Sealed([.. bytes.ToArray(), .. new byte[ProgramSeal.Bytes]]);
    }

    private static byte[] Sealed(byte[] program)
    {
        int seal = program.Length - ProgramSeal.Bytes;
        Bytes.PutUInt32(program, ProgramHeader.LengthAt, (uint)program.Length);
        byte[] tag = new byte[ProgramSeal.TagBytes];
        new HostMac().Compute(Key, program, seal, tag);
        tag.CopyTo(program, seal);
        Bytes.PutUInt32(program, seal + ProgramSeal.CrcAt, new HostCrc32().Compute(program, 0, seal + ProgramSeal.CrcAt));
        return program;
    }

    private static void Words(BinaryWriter writer, params int[] values)
    {
        foreach (int value in values) { writer.Write((ushort)value); }
    }

    private static void Floats(BinaryWriter writer, params float[] values)
    {
        foreach (float value in values) { writer.Write(value); }
    }
}
