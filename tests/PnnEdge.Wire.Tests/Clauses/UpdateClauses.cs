using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Programs;
using PnnEdge.Wire.Tests.Device;
using PnnEdge.Wire.Tests.Vectors;

namespace PnnEdge.Wire.Tests.Clauses;

/// <summary>A firmware package's way to the device, and from there to being what runs.</summary>
public class UpdateClauses
{
    private const int FirstLengthAt = FirmwareHeader.TextAt + 10;

    [Fact]
    [Clause("U-1", Accepts)]
    public void Half_a_package_outlives_the_epoch_and_its_pieces_may_come_twice()
    {
        DeviceBench bench = Armed();
        Assert.Equal(50u, bench.Accept(HostFrame.Package(1, GoldenPackage.Bytes, 0, 50)).ValueSet);
        bench.Accept(HostFrame.Arm());
        Assert.Equal(50u, bench.Accept(HostFrame.Package(1, GoldenPackage.Bytes, 0, 50)).ValueSet);
        Assert.Equal((uint)GoldenPackage.Bytes.Length, bench.Accept(HostFrame.Package(2, GoldenPackage.Bytes, 50)).ValueSet);
    }

    [Fact]
    [Clause("U-1", Refuses)]
    public void Gaps_other_keys_and_packages_too_long_are_refused_as_of_programs()
    {
        DeviceBench bench = Armed();
        bench.Accept(HostFrame.Package(1, GoldenPackage.Bytes, 0, 10));
        Assert.Equal(10u, Flawed(bench, HostFrame.Package(2, GoldenPackage.Bytes, 11), ProgramFlaw.Chunk).ValueSet);
        bench.Refuse(HostFrame.Package(2, GoldenPackage.With(_ => { }, new byte[32])), RefusalReason.WrongTag);
        Assert.Equal(86u, Flawed(Armed(board => board.UpdateBytes = 86), HostFrame.Package(1, GoldenPackage.Bytes, 0, 1), ProgramFlaw.TooLong).ValueSet);
        Flawed(Armed(storage: new MemoryStorage()), HostFrame.Package(1, GoldenPackage.Bytes), ProgramFlaw.NoKey);
        DeviceBench.Updatable().Refuse(HostFrame.Package(1, GoldenPackage.Bytes), RefusalReason.NotArmed);
    }

    [Fact]
    [Clause("U-1", Refuses)]
    public void A_device_that_cannot_replace_its_firmware_refuses_every_package()
    {
        DeviceBench bench = DeviceBench.Connected();
        bench.Accept(HostFrame.Arm());
        Assert.Equal(0u, Flawed(bench, HostFrame.Package(1, GoldenPackage.Bytes), ProgramFlaw.TooLong).ValueSet);
    }

    [Fact]
    [Clause("U-1", Refuses)]
    public void Firmware_on_trial_takes_no_package() =>
        Flawed(Armed(storage: Stored()), HostFrame.Package(1, GoldenPackage.Bytes), ProgramFlaw.OnTrial);

    [Fact]
    [Clause("U-2", Accepts)]
    public void Counts_names_and_lengths_agree_in_the_golden_package()
    {
        FirmwareLayout layout = new();
        Assert.Equal(ProgramFlaw.None, layout.Read(GoldenPackage.Bytes, GoldenPackage.Bytes.Length));
        Assert.Equal(("bench", "0.2.0", 2, 0x1234ABCDu), (layout.Board, layout.Version, layout.Assemblies, layout.ProtocolHash));
        Assert.Equal("NFMRK"u8.ToArray(), layout.Assembly(0));
        Assert.Equal("NFMRK1\0\0"u8.ToArray(), layout.Assembly(1));
        Armed().Accept(HostFrame.Package(1, GoldenPackage.Bytes));
    }

    [Theory]
    [Clause("U-2", Refuses)]
    [InlineData(FirmwareHeader.MagicAt, 0, ProgramFlaw.Shape)]
    [InlineData(FirmwareHeader.FormatAt, 2, ProgramFlaw.Format)]
    [InlineData(FirmwareHeader.ProtocolNumberAt, 2, ProgramFlaw.Protocol)]
    [InlineData(FirmwareHeader.LengthAt, 88, ProgramFlaw.Shape)]
    [InlineData(FirmwareHeader.AssembliesAt, 0, ProgramFlaw.Shape)]
    [InlineData(FirmwareHeader.AssembliesAt, 1, ProgramFlaw.Shape)]
    [InlineData(FirmwareHeader.AssembliesAt, 17, ProgramFlaw.Shape)]
    [InlineData(FirmwareHeader.AssembliesAt, 65535, ProgramFlaw.Shape)]
    [InlineData(FirmwareHeader.BoardLengthAt, 0, ProgramFlaw.Shape)]
    [InlineData(FirmwareHeader.VersionLengthAt, 65, ProgramFlaw.Shape)]
    [InlineData(FirmwareHeader.TextAt, 'B', ProgramFlaw.Board)]
    [InlineData(FirstLengthAt, 0, ProgramFlaw.Shape)]
    [InlineData(FirstLengthAt, 6, ProgramFlaw.Shape)]
    [InlineData(FirstLengthAt + 3, 0x80, ProgramFlaw.Shape)]
    public void What_does_not_agree_or_is_for_another_device_is_refused(int at, int value, ProgramFlaw flaw) =>
        Flawed(Armed(), HostFrame.Package(1, GoldenPackage.With(package => Put(package, at, value))), flaw);

    [Fact]
    [Clause("U-2", Refuses)]
    public void A_byte_in_no_assembly_and_a_package_without_room_are_refused()
    {
        Flawed(Armed(), HostFrame.Package(1, GoldenPackage.Longer()), ProgramFlaw.Shape);
        Flawed(Armed(board => board.UpdateBytes = int.MaxValue), HostFrame.Package(1, GoldenPackage.Bytes), ProgramFlaw.Memory);
    }

    [Fact]
    [Clause("U-3", Accepts)]
    public void A_stored_package_is_started_once_no_lease_runs()
    {
        DeviceBench bench = Armed();
        bench.Accept(HostFrame.Package(1, GoldenPackage.Bytes));
        bench.Step(400);
        bench.Step(400);
        Assert.Equal(0, bench.Restarts);
        bench.Step(400); // the lease of a second is over
        bench.Step(600);
        Assert.Equal(1, bench.Restarts);
    }

    [Theory]
    [Clause("U-3", Refuses)]
    [InlineData(true)]
    [InlineData(false)]
    public void One_that_is_not_kept_or_not_sealed_changes_nothing(bool fails)
    {
        DeviceBench bench = Armed();
        bench.Storage.WritesFail = fails;
        Answer answer = bench.Refuse(
            HostFrame.Package(1, GoldenPackage.With(_ => { }, fails ? null : new byte[32])), fails ? RefusalReason.ProgramRefused : RefusalReason.WrongTag);
        Assert.Equal(fails ? (uint)ProgramFlaw.Storage : 0, answer.Detail);
        bench.Step(1001);
        bench.Step(1000);
        Assert.Equal((0, BootState.Factory), (bench.Restarts, DeviceBench.Updatable(bench.Storage).Started.State));
    }

    [Fact]
    [Clause("U-4", Accepts)]
    public void What_is_connected_and_without_fault_for_30_s_is_started_for_good()
    {
        MemoryStorage storage = Stored();
        Prove(DeviceBench.Updatable(storage), 30_000);
        Assert.All(Enumerable.Range(0, 4), _ => Assert.Equal(BootState.SlotA, DeviceBench.Updatable(storage).Started.State));
    }

    [Theory]
    [Clause("U-4", Refuses)]
    [InlineData(29_000)]
    [InlineData(0)]
    public void What_never_is_is_started_three_times(int millis)
    {
        MemoryStorage storage = Stored();
        BootState[] started = [.. Enumerable.Range(0, 5).Select(_ =>
        {
            DeviceBench bench = DeviceBench.Updatable(storage);
            Prove(bench, millis);
            return bench.Started.State;
        })];
        Assert.Equal([BootState.TrialA, BootState.TrialA, BootState.TrialA, BootState.SafeMode, BootState.SafeMode], started);
    }

    [Fact]
    [Clause("U-4", Refuses)]
    public void A_start_that_could_not_be_counted_is_not_made()
    {
        MemoryStorage storage = Stored();
        storage.WritesFail = true;
        Assert.Equal(BootState.Factory, DeviceBench.Updatable(storage).Started.State);
    }

    [Fact]
    [Clause("U-5", Accepts)]
    public void Hello_says_which_firmware_runs()
    {
        MemoryStorage storage = DeviceBench.WithKey();
        Assert.Equal(BootState.Factory, Said(storage));
        Store(storage);
        Assert.Equal(BootState.TrialA, Said(storage));
        Prove(DeviceBench.Updatable(storage), 30_000);
        Assert.Equal(BootState.SlotA, Said(storage));
        Store(storage);
        Assert.Equal(BootState.TrialB, Said(storage));
    }

    [Theory]
    [Clause("U-5", Refuses)]
    [InlineData(6)]
    [InlineData(255)]
    public void A_hello_of_an_undefined_firmware_is_none(byte boot) =>
        Assert.Equal(RefusalReason.ReservedNotZero, ChangedFrames.Open(ChangedFrames.Changed("hello-bench", BirthCertificate.BootAt, boot)));

    private static BootState Said(MemoryStorage storage) =>
        BirthCertificate.Read(DeviceBench.Updatable(storage).Link.Sent.First(f => FrameHeader.Kind(f) == FrameKind.Hello)).Boot;

    /// <summary>A device with the golden package for its next start.</summary>
    private static MemoryStorage Stored()
    {
        MemoryStorage storage = DeviceBench.WithKey();
        Store(storage);
        return storage;
    }

    private static void Store(MemoryStorage storage) => Armed(storage: storage).Accept(HostFrame.Package(1, GoldenPackage.Bytes));

    private static void Prove(DeviceBench bench, int millis)
    {
        for (int passed = 0; passed < millis; passed += 500) { bench.Step(500); }
    }

    private static void Put(byte[] package, int at, int value)
    {
        if (at is FirmwareHeader.MagicAt or FirmwareHeader.FormatAt or FirmwareHeader.ProtocolNumberAt or FirmwareHeader.AssembliesAt) { Bytes.PutUInt16(package, at, value); }
        else { package[at] = (byte)value; }
    }

    private static DeviceBench Armed(Action<Firmware.Core.Board>? change = null, MemoryStorage? storage = null)
    {
        DeviceBench bench = DeviceBench.Updatable(storage, change);
        bench.Accept(HostFrame.Arm());
        return bench;
    }

    private static Answer Flawed(DeviceBench bench, HostFrame frame, ProgramFlaw flaw)
    {
        Answer answer = bench.Refuse(frame, RefusalReason.ProgramRefused);
        Assert.Equal(flaw, (ProgramFlaw)answer.Detail);
        return answer;
    }
}
