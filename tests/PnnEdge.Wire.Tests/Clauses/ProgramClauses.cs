using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Programs;
using PnnEdge.Wire.Tests.Device;
using PnnEdge.Wire.Tests.Vectors;

namespace PnnEdge.Wire.Tests.Clauses;

/// <summary>A program's way to the device, and what it must be. Offsets beyond the header are those of the golden program's own tables.</summary>
public class ProgramClauses
{
    private const int FirstSpread = 114, FirstSource = 134, FirstTheta = 140, FirstActuator = 144, FirstClass = 202, FirstWidth = 206, LastWindowEnd = 100;

    [Theory]
    [Clause("G-1", Accepts)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(285)]
    public void Pieces_in_order_make_a_program(int first)
    {
        DeviceBench bench = Armed();
        Assert.Equal((uint)first, bench.Accept(HostFrame.Program(1, GoldenProgram.Bytes, 0, first)).ValueSet);
        Assert.Equal(286u, bench.Accept(HostFrame.Program(2, GoldenProgram.Bytes, first)).ValueSet);
        bench.Accept(HostFrame.Command(CommandCode.Disarm, 3));
        bench.Infer(HostFrame.Infer(1, GoldenProgram.Features));
    }

    [Fact]
    [Clause("G-1", Accepts)]
    public void A_piece_at_the_beginning_begins_anew()
    {
        DeviceBench bench = Armed();
        bench.Accept(HostFrame.Program(1, GoldenProgram.Longer(), 0, 200));
        bench.Accept(HostFrame.Program(2, GoldenProgram.Bytes));
    }

    [Fact]
    [Clause("S-4", Accepts)]
    public void The_last_piece_repeated_is_answered_alike_and_stored_once()
    {
        DeviceBench bench = Armed();
        int writes = 0;
        bench.Storage.Written = () => writes++;
        Answer first = bench.Accept(HostFrame.Program(1, GoldenProgram.Bytes));
        Assert.Equal(first.ValueSet, bench.Accept(HostFrame.Program(1, GoldenProgram.Bytes)).ValueSet);
        Assert.Equal(1, writes);
    }

    [Theory]
    [Clause("G-1", Refuses)]
    [InlineData(101, 286, null)]
    [InlineData(99, 286, null)]
    [InlineData(100, 287, null)]
    [InlineData(100, 286, 5u)]
    public void A_piece_of_elsewhere_or_of_another_program_is_refused_and_the_right_one_still_wanted(int offset, int length, uint? crc)
    {
        DeviceBench bench = Armed();
        bench.Accept(HostFrame.Program(1, GoldenProgram.Bytes, 0, 100));
        byte[] other = length == 286 ? GoldenProgram.Bytes : [.. GoldenProgram.Bytes[..283], 0, .. GoldenProgram.Bytes[283..]];
        Answer answer = bench.Refuse(HostFrame.Program(2, other, offset, 50, crc), RefusalReason.ProgramRefused);
        Assert.Equal(((uint)ProgramFlaw.Chunk, 100u), (answer.Detail, answer.ValueSet));
        bench.Accept(HostFrame.Program(2, GoldenProgram.Bytes, 100));
    }

    [Fact]
    [Clause("G-1", Refuses)]
    public void A_new_epoch_forgets_what_had_come()
    {
        DeviceBench bench = Armed();
        bench.Accept(HostFrame.Program(1, GoldenProgram.Bytes, 0, 100));
        bench.Accept(HostFrame.Arm());
        Flawed(bench, HostFrame.Program(1, GoldenProgram.Bytes, 100), ProgramFlaw.Chunk);
    }

    [Fact]
    [Clause("G-2", Accepts)]
    public void The_holder_of_a_lease_may_deploy() => Armed().Accept(HostFrame.Program(1, GoldenProgram.Bytes));

    [Fact]
    [Clause("G-2", Refuses)]
    public void Nobody_else_may() => DeviceBench.Connected().Refuse(HostFrame.Program(1, GoldenProgram.Bytes), RefusalReason.NotArmed);

    [Fact]
    [Clause("G-2", Refuses)]
    public void Nor_may_anybody_once_the_lease_has_lapsed()
    {
        DeviceBench bench = Armed();
        bench.Accept(HostFrame.Program(1, GoldenProgram.Bytes, 0, 100));
        bench.Step(1001);
        bench.Refuse(HostFrame.Program(2, GoldenProgram.Bytes, 100), RefusalReason.NotArmed);
    }

    [Fact]
    [Clause("G-3", Accepts)]
    public void A_program_as_long_as_the_device_takes_is_taken() => Armed(board => board.ProgramBytes = 286).Accept(HostFrame.Program(1, GoldenProgram.Bytes));

    [Theory]
    [Clause("G-3", Refuses)]
    [InlineData(285)]
    [InlineData(0)]
    public void A_longer_one_is_refused_with_its_first_piece(int possible)
    {
        Answer answer = Flawed(Armed(board => board.ProgramBytes = possible), HostFrame.Program(1, GoldenProgram.Bytes, 0, 1), ProgramFlaw.TooLong);
        Assert.Equal((uint)possible, answer.ValueSet);
    }

    [Fact]
    [Clause("G-4", Accepts)]
    public void A_program_under_the_device_s_key_is_taken() => Armed().Accept(HostFrame.Program(1, GoldenProgram.With(_ => { })));

    [Theory]
    [Clause("G-4", Refuses)]
    [InlineData(0)]
    [InlineData(31)]
    public void Under_a_key_that_differs_in_one_bit_it_is_refused_and_counted(int at)
    {
        byte[] key = [.. GoldenProgram.Key];
        key[at] ^= 1;
        Armed().Refuse(HostFrame.Program(1, GoldenProgram.With(_ => { }, key)), RefusalReason.WrongTag);
    }

    [Fact]
    [Clause("G-4", Refuses)]
    public void No_changed_bit_of_a_sealed_program_goes_unseen()
    {
        DeviceBench bench = Armed();
        for (int at = 0; at < GoldenProgram.Bytes.Length; at++)
        {
            byte[] program = [.. GoldenProgram.Bytes];
            program[at] ^= 0x10;
            Flawed(bench, HostFrame.Program(1, program, crc: 7), ProgramFlaw.WrongCrc);

            // With its CRC made right the tag still says no; the CRC itself has been changed then.
            int crc = program.Length - 4;
            Bytes.PutUInt32(program, crc, ReferenceCrc32.Of(program.AsSpan(0, crc)));
            if (at < crc) { bench.Refuse(HostFrame.Program(1, program), RefusalReason.WrongTag); }
        }
    }

    [Fact]
    [Clause("G-4", Refuses)]
    public void A_device_without_a_key_takes_nothing()
    {
        DeviceBench bench = DeviceBench.Connected(storage: new MemoryStorage());
        bench.Accept(HostFrame.Arm());
        Flawed(bench, HostFrame.Program(1, GoldenProgram.Bytes, 0, 1), ProgramFlaw.NoKey);
    }

    [Fact]
    [Clause("G-5", Accepts)]
    public void Counts_tables_and_length_agree_in_the_golden_program()
    {
        ProgramLayout layout = new();
        Assert.Equal(ProgramFlaw.None, layout.Read(GoldenProgram.Bytes, GoldenProgram.Bytes.Length));
        Assert.Equal((FirstSpread, FirstSource, FirstTheta, FirstActuator), (layout.SpreadAt, layout.LayerAt(0) + layout.SourceIn, layout.LayerAt(0) + layout.ThetaIn, layout.LayerAt(0) + layout.ActuatorsIn));
        Assert.Equal((FirstClass, LastWindowEnd), (layout.FirstClassAt, layout.WindowStartAt + 6));
    }

    [Theory]
    [Clause("G-5", Refuses)]
    [InlineData(ProgramHeader.MagicAt, 0)]
    [InlineData(ProgramHeader.OutputAt, 2)] // and no skip
    [InlineData(ProgramHeader.LayersAt, 0)]
    [InlineData(ProgramHeader.LayersAt, 3)]
    [InlineData(ProgramHeader.LayersAt, 65535)]
    [InlineData(ProgramHeader.BranchesAt, 0)]
    [InlineData(ProgramHeader.BranchesAt, 65535)]
    [InlineData(ProgramHeader.RepeatsAt, 2)]
    [InlineData(ProgramHeader.FeaturesAt, 0)]
    [InlineData(ProgramHeader.FeaturesAt, 1)] // a source names the second
    [InlineData(ProgramHeader.ClassesAt, 1)]
    [InlineData(ProgramHeader.ClassesAt, 3)]
    [InlineData(ProgramHeader.DataSlotsAt, 4)]
    [InlineData(ProgramHeader.ParameterSlotsAt, 3)]
    [InlineData(ProgramHeader.HoldSamplesAt, 2)] // past the shot
    [InlineData(ProgramHeader.WindowsAt, 2)]
    [InlineData(ProgramHeader.PassedOnAt, 4)]
    [InlineData(ProgramHeader.PassedOnAt, 2)] // a source names the third
    [InlineData(ProgramHeader.ScalesAt, 2)]
    [InlineData(ProgramHeader.ReservedAt, 1)]
    [InlineData(ProgramHeader.PlanAt + 12, 2)] // shots of a block
    [InlineData(ProgramHeader.PlanAt + 16, 2)] // one stimulus, no measurement channel
    [InlineData(ProgramHeader.TimerMillisAt + 2, 0x8000)]
    [InlineData(ProgramHeader.Bytes, 5)] // place of a slot
    [InlineData(LastWindowEnd, 6)]
    [InlineData(LastWindowEnd, 4)] // an empty window
    [InlineData(FirstSource, ProgramLayout.Idle)] // with a skip
    [InlineData(FirstClass, 2)] // past what is carried
    [InlineData(FirstClass + 2, 0)]
    [InlineData(FirstClass + 2, 3)]
    public void Counts_or_tables_that_do_not_agree_are_refused(int at, int word) =>
        Flawed(Armed(), HostFrame.Program(1, GoldenProgram.WithWord(at, word)), ProgramFlaw.Shape);

    [Theory]
    [Clause("G-5", Refuses)]
    [InlineData(FirstSpread, 0f)]
    [InlineData(FirstSpread + 8, -1f)]
    [InlineData(FirstWidth, 0f)]
    public void Divisors_that_are_not_above_0_are_refused(int at, float value) =>
        Flawed(Armed(), HostFrame.Program(1, GoldenProgram.WithFloat(at, value)), ProgramFlaw.Shape);

    [Fact]
    [Clause("G-5", Refuses)]
    public void A_byte_too_many_is_refused() => Flawed(Armed(), HostFrame.Program(1, GoldenProgram.Longer()), ProgramFlaw.Shape);

    [Fact]
    [Clause("G-5", Refuses)]
    public void Another_format_is_refused_and_ours_named() =>
        Assert.Equal(1u, Flawed(Armed(), HostFrame.Program(1, GoldenProgram.WithWord(ProgramHeader.FormatAt, 2)), ProgramFlaw.Format).ValueSet);

    [Theory]
    [Clause("G-6", Accepts)]
    [InlineData(102, float.MaxValue)]
    [InlineData(FirstActuator + 8, -0f)]
    public void Any_finite_mean_or_scale_is_taken(int at, float value) => Armed().Accept(HostFrame.Program(1, GoldenProgram.WithFloat(at, value)));

    [Theory]
    [Clause("G-6", Refuses)]
    [InlineData(ProgramHeader.MinVoltsAt, float.NegativeInfinity)]
    [InlineData(102, float.NaN)]
    [InlineData(FirstSpread + 8, float.PositiveInfinity)]
    [InlineData(FirstActuator, float.NaN)]
    [InlineData(FirstActuator + 16, float.NaN)] // skip
    [InlineData(FirstWidth, float.NaN)]
    [InlineData(246, float.NaN)] // the last share
    public void A_number_that_is_none_is_refused(int at, float value) =>
        Flawed(Armed(), HostFrame.Program(1, GoldenProgram.WithFloat(at, value)), ProgramFlaw.NotFinite);

    [Theory]
    [Clause("G-7", Accepts)]
    [InlineData(ProgramHeader.RestCodeAt, 2048)]
    [InlineData(FirstTheta, 3686)] // 4 V, the limit
    public void Codes_inside_the_limits_are_taken(int at, int code) => Armed().Accept(HostFrame.Program(1, GoldenProgram.WithWord(at, code)));

    [Theory]
    [Clause("G-7", Refuses)]
    [InlineData(FirstTheta, 3687)]
    [InlineData(FirstTheta + 2, 409)]
    [InlineData(ProgramHeader.RestCodeAt, 4000)]
    [InlineData(ProgramHeader.IdleCodeAt, 0)]
    public void Codes_beyond_the_limits_are_refused(int at, int code) =>
        Flawed(Armed(), HostFrame.Program(1, GoldenProgram.WithWord(at, code)), ProgramFlaw.Stimulus);

    [Theory]
    [Clause("G-7", Refuses)]
    [InlineData(ProgramHeader.MaxVoltsAt, 4.01f)]
    [InlineData(ProgramHeader.MaxVoltsAt, -2f)]
    [InlineData(ProgramHeader.MinVoltsAt, -5.1f)]
    public void A_drive_range_beyond_the_limits_or_empty_is_refused(int at, float volts) =>
        Flawed(Armed(), HostFrame.Program(1, GoldenProgram.WithFloat(at, volts)), ProgramFlaw.Stimulus);

    [Theory]
    [Clause("G-7", Refuses)]
    [InlineData(FirstActuator, 3.1f, 0)] // beyond the limit
    [InlineData(FirstActuator + 4, 2.1f, 1)] // too far from the safe 1 V
    [InlineData(FirstActuator + 38, 0.4f, 0)] // too far from the first layer's 1.5 V
    public void Actuator_values_or_steps_beyond_the_limits_are_refused_by_index(int at, float volts, int index) =>
        Assert.Equal((uint)index, Flawed(Armed(), HostFrame.Program(1, GoldenProgram.WithFloat(at, volts)), ProgramFlaw.Actuators).ValueSet);

    [Fact]
    [Clause("G-7", Refuses)]
    public void A_program_that_needs_more_memory_than_there_is_is_refused() =>
        Assert.Equal(345u, Flawed(Armed(board => board.ProgramMemoryBytes = 345), HostFrame.Program(1, GoldenProgram.Bytes), ProgramFlaw.Memory).ValueSet);

    [Theory]
    [Clause("G-7", Refuses)]
    [InlineData(1)]
    [InlineData(0)]
    public void A_timer_is_refused_where_there_is_too_little_to_look_at(int mostFeatures)
    {
        DeviceBench bench = Armed();
        bench.Input.MostFeatures = mostFeatures;
        byte[] onTimer = GoldenProgram.WithWord(ProgramHeader.TimerMillisAt, 100);
        Flawed(bench, HostFrame.Program(1, onTimer), ProgramFlaw.LocalInput);
        bench.Input.MostFeatures = 2;
        Assert.Equal(RefusalReason.Accepted, Assert.IsType<Answer>(bench.Ask(HostFrame.Program(2, onTimer))).Reason);
    }

    [Fact]
    [Clause("G-7", Refuses)]
    public void Shots_faster_than_the_board_are_refused() =>
        Assert.Equal((uint)PlanLimit.SampleRate, Flawed(Armed(), HostFrame.Program(1, GoldenProgram.WithWord(ProgramHeader.PlanAt + 2, 0x7F)), ProgramFlaw.Plan).ValueSet);

    [Fact]
    [Clause("G-9", Accepts)]
    public void A_program_outlives_a_restart()
    {
        DeviceBench before = DeviceBench.Deployed();
        DeviceBench after = DeviceBench.Connected(storage: before.Storage, bootId: 8);
        Assert.Equal(12u, InferResult.ProgramVersion(after.Infer(HostFrame.Infer(1, GoldenProgram.Features))));
    }

    [Theory]
    [Clause("G-9", Refuses)]
    [InlineData(true)]
    [InlineData(false)]
    public void One_that_is_not_kept_or_not_sealed_changes_nothing(bool fails)
    {
        DeviceBench bench = DeviceBench.Deployed();
        bench.Accept(HostFrame.Arm());
        byte[] other = GoldenProgram.With(program => program[ProgramHeader.ProgramVersionAt] = 99, fails ? null : new byte[32]);
        bench.Storage.WritesFail = fails;
        Answer answer = bench.Refuse(HostFrame.Program(1, other), fails ? RefusalReason.ProgramRefused : RefusalReason.WrongTag);
        Assert.Equal(fails ? (uint)ProgramFlaw.Storage : 0, answer.Detail);
        bench.Accept(HostFrame.Command(CommandCode.Disarm, 2));
        Assert.Equal(12u, InferResult.ProgramVersion(bench.Infer(HostFrame.Infer(1, GoldenProgram.Features))));
        DeviceBench after = DeviceBench.Connected(storage: bench.Storage, bootId: 8);
        Assert.Equal(12u, InferResult.ProgramVersion(after.Infer(HostFrame.Infer(1, GoldenProgram.Features))));
    }

    private static DeviceBench Armed(Action<Firmware.Core.Board>? change = null)
    {
        DeviceBench bench = DeviceBench.Connected(change);
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
