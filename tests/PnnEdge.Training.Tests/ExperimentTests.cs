using PnnEdge.Training.Experiments;
using PnnEdge.Training.Networks;

namespace PnnEdge.Training.Tests;

public class ExperimentTests
{
    private const string Good = """
        system: circuit
        task: vowels
        data: { validation_share: 0.2 }
        shot: { data_slots: 24, parameter_slots: 24, windows: 24, drive_range_volts: [-3, 3] }
        network: { layers: 3, order: shuffled }
        twin: { shots: 2000, shots_per_call: 50, hidden_widths: [48, 48], epochs: 20, batch_shots: 8, learning_rate: 2e-3 }
        training: { epochs: 5, batch_shots: 32, learning_rate: 0.03, max_gradient_norm: 5, range_penalty_weight: 1, range_penalty_sharpness: 25 }
        baseline: { steps: 10 }
        """;

    public static TheoryData<string> Names => [.. ExperimentCatalog.Names];

    [Theory, MemberData(nameof(Names))]
    public void Every_experiment_that_ships_can_be_read_and_is_named_after_its_system_and_task(string name)
    {
        ExperimentSettings settings = ExperimentCatalog.Get(name);
        Assert.StartsWith(settings.System, name, StringComparison.Ordinal);
        Assert.EndsWith(settings.Task, name, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_says_what_it_says()
    {
        ExperimentSettings settings = ExperimentFile.Parse(Good, "good.yaml");
        Assert.Equal(SlotOrder.Shuffled, settings.Network.Order);
        Assert.Equal([48, 48], settings.Twin.HiddenWidths);
        Assert.Equal(0.03, settings.Training.LearningRate);
        Assert.Equal(1, settings.Training.Repeats);
    }

    [Theory]
    [InlineData("layers: 3", "laers: 3", "line 5: there is no setting network.laers", "possible in network are layers, branches, ")]
    [InlineData("task: vowels", "tusk: vowels", "line 2: there is no setting tusk", "possible are system, task, ")]
    [InlineData("layers: 3", "layers: three", "line 5: asked network.layers for \"three\"", "possible is a whole number")]
    [InlineData("layers: 3", "layers: 2.5", "line 5: asked network.layers for \"2.5\"", "possible is a whole number")]
    [InlineData("layers: 3", "layers: ", "line 5: asked network.layers for nothing", "possible is a whole number")]
    [InlineData("layers: 3", "layers: 3, train_skip: maybe", "line 5: asked network.train_skip for \"maybe\"", "possible is true or false")]
    [InlineData("validation_share: 0.2", "validation_share: much", "line 3: asked data.validation_share for \"much\"", "possible is a number")]
    [InlineData("[-3, 3]", "3", "line 4: asked shot.drive_range_volts for \"3\"", "possible is a list")]
    [InlineData("[-3, 3]", "[low, 3]", "line 4: asked shot.drive_range_volts for \"low\"", "possible is a number")]
    [InlineData("task: vowels", "task: [vowels]", "line 2: asked task for a list", "possible is a word")]
    [InlineData("data: { validation_share: 0.2 }", "data: 0.2", "line 3: asked data for \"0.2\"", "possible is the settings image_side, ")]
    [InlineData("layers: 3", "layers: 3, layers: 4", "line 5", "layers")]
    [InlineData("baseline:", "methods: { pat: { learning_rte: 1 } }\nbaseline:", "line 8: there is no setting methods.pat.learning_rte", "are learning_rate, ")]
    [InlineData("baseline:", "methods: { pat: { learning_rate: fast } }\nbaseline:", "line 8: asked methods.pat.learning_rate for \"fast\"", "a number")]
    [InlineData("baseline:", "methods: pat\nbaseline:", "line 8: asked methods for \"pat\"", "a section of names")]
    [InlineData("layers: 3", "layers: 0", "network.layers", "1 to 100")]
    [InlineData("order: shuffled", "order: sorted", "line 5: asked network.order for \"sorted\"", "shuffled")]
    [InlineData("task: vowels", "task: birds", "task", "vowels, mnist, generated")]
    [InlineData("validation_share: 0.2", "validation_share: 1.5", "data.validation_share", "below 1")]
    [InlineData("validation_share: 0.2", "validation_share: .nan", "data.validation_share", "below 1")]
    [InlineData("[-3, 3]", "[3, -3]", "drive_range_volts", "in V")]
    [InlineData("[-3, 3]", "[3]", "drive_range_volts", "in V")]
    [InlineData("windows: 24", "windows: 2400", "windows", "48 samples")]
    [InlineData("data_slots: 24", "data_slots: 5", "12 features", "5 data slots")]
    [InlineData("learning_rate: 0.03, ", "", "line 7", "training.learning_rate is missing")]
    [InlineData("twin: {", "twin: { memory_slots: 6,", "twin.memory_slots is 6", "causal_perceptron")]
    [InlineData("twin: {", "twin: { kind: causal_convolution,", "causal", "twin.memory_slots of at least 1")]
    [InlineData("twin: {", "twin: { kind: oracle,", "line 6: asked twin.kind for \"oracle\"", "grey_box")]
    [InlineData("hidden_widths: [48, 48],", "", "kind of twin", "hidden_widths")]
    [InlineData("data_slots: 24", "sample_rate_hz: 0, data_slots: 24", "shot.sample_rate_hz", "0.001 to 4000000")]
    [InlineData("system: circuit", "system: circuit\nsystem: plate", "line 2", "system")]
    [InlineData("system: circuit", "", "bad.yaml", "system is missing")]
    [InlineData("data: {", "data: {{", "bad.yaml", "line")]
    public void What_cannot_be_is_refused_in_one_sentence(string good, string bad, string place, string possible)
    {
        string sentence = Assert.Throws<InvalidDataException>(() => ExperimentFile.Parse(Good.Replace(good, bad, StringComparison.Ordinal), "bad.yaml")).Message;
        Assert.StartsWith("bad.yaml", sentence, StringComparison.Ordinal);
        Assert.Contains(place, sentence, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(possible, sentence, StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', sentence);
        Assert.DoesNotContain("System.", sentence, StringComparison.Ordinal); // no name of a type
    }

    [Fact]
    public void Equations_do_not_follow_a_device_to_its_own_rate()
    {
        string yaml = Good.Replace("data_slots: 24", "data_slots: 24, sample_rate_hz: 250", StringComparison.Ordinal);
        Assert.Equal(250, ExperimentFile.Parse(yaml, "slow.yaml").Shot.SampleRateHz);
        string equations = yaml.Replace("hidden_widths: [48, 48],", "kind: grey_box,", StringComparison.Ordinal);
        Assert.Equal(
            "slow.yaml: asked shot.sample_rate_hz for 250 beside twin.kind grey_box; the equations know their system's own clock alone.",
            Assert.Throws<InvalidDataException>(() => ExperimentFile.Parse(equations, "slow.yaml")).Message);
    }

    [Fact]
    public void An_empty_file_and_an_unknown_name_say_what_there_is()
    {
        Assert.Contains("system, task", Assert.Throws<InvalidDataException>(() => ExperimentFile.Parse("", "empty.yaml")).Message, StringComparison.Ordinal);
        Assert.Contains("circuit-vowels", Assert.Throws<ArgumentException>(() => ExperimentCatalog.Get("circuit-birds")).Message, StringComparison.Ordinal);
    }
}
