using System.Text;
using System.Text.Json;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;
using PnnEdge.Wire.Tests.Device;

namespace PnnEdge.Wire.Tests.Clauses;

public class TopicClauses
{
    [Theory]
    [Clause("T-1", Accepts)]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("lab-2")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-01234")]
    public void A_name_of_small_letters_digits_and_hyphens_is_a_name(string name) => Assert.True(Topics.IsName(name));

    [Theory]
    [Clause("T-1", Refuses)]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("-lab")]
    [InlineData("Lab")]
    [InlineData("lab_2")]
    [InlineData("lab/2")]
    [InlineData("+")]
    [InlineData("#")]
    [InlineData("$sys")]
    [InlineData("labör")]
    [InlineData("abcdefghijklmnopqrstuvwxyz-012345")]
    public void Anything_else_is_no_name(string? name) => Assert.False(Topics.IsName(name!));

    [Fact]
    [Clause("T-2", Accepts)]
    public void Frames_travel_on_their_two_topics_one_per_message()
    {
        Assert.Equal("pnn/5/lab/rig-1/frames/in", Topics.ToDevice("lab", "rig-1"));
        Assert.Equal("pnn/5/lab/rig-1/frames/out", Topics.FromDevice("lab", "rig-1"));
        Assert.Equal("pnn/5/lab/rig-1/$state", Topics.Leaf("lab", "rig-1", Topics.StateLeaf));
        Assert.Equal("pnn/5/+/+/status", Topics.EveryDevice(Topics.StatusLeaf));
        Assert.Single(DeviceBench.Connected().Give(HostFrame.Command(CommandCode.Identify)));
    }

    [Fact]
    [Clause("T-2", Refuses)]
    public void Two_frames_in_one_message_are_refused()
    {
        DeviceBench bench = DeviceBench.Connected();
        byte[] one = HostFrame.Command(CommandCode.Identify).Encode(0, 0, 0);
        bench.RefuseUnanswered([.. one, .. one], RefusalReason.WrongLength);
    }

    [Fact]
    [Clause("T-2", Refuses)]
    public void A_part_of_a_frame_is_refused()
    {
        DeviceBench bench = DeviceBench.Connected();
        byte[] one = HostFrame.Command(CommandCode.Identify).Encode(0, 0, 0);
        bench.RefuseUnanswered(one[..^1], RefusalReason.WrongLength);
        bench.RefuseUnanswered(one[1..], RefusalReason.WrongMagic);
    }

    [Fact]
    [Clause("T-3", Accepts)]
    public void The_five_words_are_known_and_a_connected_device_says_ready()
    {
        string[] words = [Topics.StateInit, Topics.StateReady, Topics.StateDisconnected, Topics.StateSleeping, Topics.StateLost];
        Assert.Equal(["init", "ready", "disconnected", "sleeping", "lost"], words);
        Assert.All(words, w => Assert.True(Topics.IsStateText(w)));
        Assert.Equal(("$state", "ready"), DeviceBench.Connected().Link.Published.Single(p => p.Leaf == Topics.StateLeaf));
    }

    [Theory]
    [Clause("T-3", Refuses)]
    [InlineData("Ready")]
    [InlineData("ready ")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("alert")]
    [InlineData("{\"state\":\"ready\"}")]
    public void Any_other_text_says_nothing(string? text) => Assert.False(Topics.IsStateText(text!));

    [Fact]
    [Clause("T-4", Accepts)]
    public void A_live_command_is_obeyed() => DeviceBench.Connected().Accept(HostFrame.Arm());

    [Fact]
    [Clause("T-4", Refuses)]
    public void A_retained_arm_is_refused()
    {
        DeviceBench bench = DeviceBench.Connected();
        bench.Refuse(HostFrame.Arm() with { Retained = true }, RefusalReason.Retained);
        Assert.Equal(LinkState.Idle, bench.Loop.State);
    }

    [Fact]
    [Clause("T-4", Refuses)]
    public void A_retained_stimulus_is_refused_even_from_the_holder() =>
        DeviceBench.Ready().Refuse(HostFrame.Stimulus(1, 2048, 2048, 2048) with { Retained = true }, RefusalReason.Retained);

    [Fact]
    [Clause("T-4", Refuses)]
    public void Even_a_retained_identify_is_refused() =>
        DeviceBench.Connected().Refuse(HostFrame.Command(CommandCode.Identify) with { Retained = true }, RefusalReason.Retained);

    [Fact]
    [Clause("T-5", Accepts)]
    public void Status_health_and_limits_are_json_that_says_what_it_should()
    {
        DeviceBench bench = DeviceBench.Connected();
        JsonElement status = Published(bench, Topics.StatusLeaf);
        Assert.Equal("idle", status.GetProperty("state").GetString());
        Assert.Equal(DeviceBench.Boot, status.GetProperty("bootId").GetUInt32());
        Assert.Equal("1.2.3", status.GetProperty("firmware").GetString());
        JsonElement health = Published(bench, Topics.HealthLeaf);
        Assert.Equal(65536, health.GetProperty("freeMemoryBytes").GetInt32());
        Assert.False(health.TryGetProperty("freeNativeMemoryBytes", out _)); // this board has no such division
        JsonElement drive = Published(bench, Topics.LimitsLeaf).GetProperty("channels")[0];
        Assert.Equal("drive", drive.GetProperty("name").GetString());
        Assert.Equal([-4000, 4000], drive.GetProperty("limitMilliVolts").EnumerateArray().Select(v => v.GetInt32()));
    }

    [Fact]
    [Clause("T-5", Accepts)]
    public void A_board_whose_libraries_have_memory_of_their_own_tells_that_beside_its_own()
    {
        DeviceBench bench = DeviceBench.Connected();
        bench.Health.NativeBytes = 40_000;
        bench.Clock.NowMillis += bench.Board.HeartbeatMillis;
        bench.Step();
        JsonElement health = Published(bench, Topics.HealthLeaf);
        Assert.Equal(65536, health.GetProperty("freeMemoryBytes").GetInt32());
        Assert.Equal(40_000, health.GetProperty("freeNativeMemoryBytes").GetInt32());
    }

    [Fact]
    [Clause("T-5", Accepts)]
    public void A_fault_text_with_quotes_leaves_the_status_readable()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Converters.PlayThrows = new InvalidOperationException("the \"DAC\" \\ said\nno");
        bench.Give(HostFrame.Stimulus(1, 2048, 2048, 2048));
        bench.Step();
        JsonElement fault = Published(bench, Topics.StatusLeaf).GetProperty("fault");
        Assert.Equal((int)FaultCode.Exception, fault.GetProperty("code").GetInt32());
        Assert.Contains("said", fault.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [Clause("T-5", Refuses)]
    [InlineData("ready", RefusalReason.TooShort)]
    [InlineData("{\"state\":\"armed\",\"epoch\":1,\"bootId\":45063}", RefusalReason.WrongMagic)]
    [InlineData("{\"command\":\"arm\",\"lease\":2000,\"holder\":\"me\"}", RefusalReason.WrongMagic)]
    public void A_text_where_frames_arrive_is_no_frame(string text, RefusalReason reason) =>
        DeviceBench.Connected().RefuseUnanswered(Encoding.UTF8.GetBytes(text), reason);

    [Fact]
    [Clause("T-6", Accepts)]
    public void The_log_says_what_happened_in_numbered_lines()
    {
        DeviceBench bench = DeviceBench.Ready();
        bench.Step(100);
        bench.Converters.PlayThrows = new InvalidOperationException("the \"DAC\" fell off");
        bench.Give(HostFrame.Stimulus(1, 2048, 2048, 2048));
        bench.Step(1000);
        bench.Step(1000);
        JsonElement log = Published(bench, Topics.LogLeaf);
        Assert.Equal(DeviceBench.Boot, log.GetProperty("bootId").GetUInt32());
        JsonElement[] lines = [.. log.GetProperty("lines").EnumerateArray()];
        Assert.Equal(Enumerable.Range(1, lines.Length), lines.Select(line => line.GetProperty("n").GetInt32()));
        string[] texts = [.. lines.Select(line => line.GetProperty("text").GetString()!)];
        Assert.Contains("boot", texts[0], StringComparison.Ordinal);
        Assert.Contains("connected", texts);
        Assert.Contains(texts, text => text.StartsWith("armed, epoch", StringComparison.Ordinal));
        Assert.Contains("fell off", texts[^1], StringComparison.Ordinal);
    }

    [Fact]
    [Clause("T-6", Refuses)]
    public void No_more_lines_than_eight_are_told_and_none_longer_than_96_characters()
    {
        DeviceBench bench = DeviceBench.Connected();
        for (int i = 0; i < 30; i++) { bench.Loop.Log.Write(i, new string('x', 200)); }
        bench.Step(1000);
        JsonElement[] lines = [.. Published(bench, Topics.LogLeaf).GetProperty("lines").EnumerateArray()];
        Assert.Equal(8, lines.Length);
        Assert.All(lines, line => Assert.Equal(96, line.GetProperty("text").GetString()!.Length));
        int newest = (int)bench.Loop.Log.Newest;
        Assert.Equal(Enumerable.Range(newest - 7, 8), lines.Select(line => line.GetProperty("n").GetInt32()));
    }

    [Fact]
    [Clause("T-6", Refuses)]
    public void However_much_is_written_it_is_told_once_a_second()
    {
        DeviceBench bench = DeviceBench.Connected();
        int before = bench.Link.Published.Count(p => p.Leaf == Topics.LogLeaf);
        for (int pass = 0; pass < 300; pass++)
        {
            bench.Loop.Log.Write(pass, "again");
            bench.Step(10);
        }

        Assert.InRange(bench.Link.Published.Count(p => p.Leaf == Topics.LogLeaf) - before, 2, 4); // in three seconds
    }

    [Fact]
    [Clause("T-6", Accepts)]
    public void What_happened_while_there_was_no_connection_is_told_after_it()
    {
        DeviceBench bench = DeviceBench.Connected();
        bench.Link.Connected = false;
        bench.Step(1000);
        bench.Loop.Log.Write(1, "alone");
        bench.Step(1000);
        bench.Link.Connected = true;
        bench.Step(1000);
        bench.Step(1000);
        string[] texts = [.. Published(bench, Topics.LogLeaf).GetProperty("lines").EnumerateArray().Select(line => line.GetProperty("text").GetString()!)];
        Assert.Contains("connection lost", texts);
        Assert.Contains("alone", texts);
    }

    private static JsonElement Published(DeviceBench bench, string leaf) =>
        JsonDocument.Parse(bench.Link.Published.Last(p => p.Leaf == leaf).Text).RootElement;
}
