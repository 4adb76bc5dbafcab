using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Firmware.Core.Update;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Host;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Tests.Support;

/// <summary>The rig as its loader starts it: a package from its storage, or what was flashed, which is version "factory".</summary>
public sealed class UpdateRig : IRestart
{
    public const string FactoryVersion = "factory";
    private const int UpdateBytes = 512;

    private UpdateRig(TearableStorage storage, string flashed)
    {
        BootChooser chooser = new(new Board { Name = "rig", FirmwareVersion = flashed, UpdateBytes = UpdateBytes }, storage, new HostCrc32(), new HostMac());
        Boot = chooser.Choose();
        Version = chooser.Package?.Version ?? flashed;
        Doubt = () => chooser.Doubt(Boot);
        Rig = new Rig(storage, beforeBoot: rig => rig.Board.UpdateBytes = UpdateBytes, updates: rig => new UpdateShelf(rig.Board, storage, new HostCrc32(), new HostMac(), Boot, this));
    }

    public Rig Rig { get; }

    public BootInfo Boot { get; }

    /// <summary>What runs.</summary>
    public string Version { get; }

    public int Restarts { get; private set; }

    /// <summary>What a loader does whose interpreter does not take the package.</summary>
    public Action Doubt { get; }

    /// <summary>One start of the device, connected.</summary>
    public static UpdateRig Start(TearableStorage storage, string flashed = FactoryVersion)
    {
        UpdateRig rig = new(storage, flashed);
        rig.Rig.Step();
        return rig;
    }

    public void Restart() => Restarts++;

    /// <summary>Sends a whole package under a lease of its own and gives that back; the last answer.</summary>
    public Answer Send(byte[] package, int pieceBytes = 4096)
    {
        Rig.Accept(Rig.Arm());
        Answer answer = new(RefusalReason.Accepted, default, 0, 0);
        for (int offset = 0; offset < package.Length && answer.Reason == RefusalReason.Accepted; offset += pieceBytes)
        {
            answer = Rig.Ask(Rig.Piece(ProgramCargo.Firmware, package, offset, Math.Min(pieceBytes, package.Length - offset)));
        }

        Rig.Accept(Rig.Command(CommandCode.Disarm));
        return answer;
    }

    /// <summary>Connected and without a fault for as long as it takes to be sure.</summary>
    public void ProveItself() => Pass(BootTrial.HealthyMillis + 1000);

    /// <summary>Passes of the loop, as many as the watchdog wants.</summary>
    public void Pass(int millis)
    {
        for (int passed = 0; passed < millis; passed += 400) { Rig.Step(400); }
    }
}
