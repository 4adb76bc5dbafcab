namespace PnnEdge.Physics.Tests;

/// <summary>One folder per system, and in each the same roles under the same names.</summary>
public class SystemRolesTests
{
    private static readonly string[] Roles =
    [
        "Parameters", "ParameterRanges", "Constants", "Reference", "Forward", "Vjp", "Model",
        "Bench", "BenchOptions", "BenchWorker", "Unit", "Tolerances", "Noise", "Drift", "Weather", "Conditions",
    ];

    [Theory]
    [InlineData("Circuit", "Circuit")]
    [InlineData("Plate", "Plate")]
    [InlineData("SecondHarmonic", "SecondHarmonic")]
    [InlineData("Oscillators", "Oscillator")]
    public void Every_system_has_every_role(string folder, string prefix)
    {
        string[] names = [.. typeof(IBenchPhysics).Assembly.GetTypes().Where(type => type.Namespace == $"PnnEdge.Physics.{folder}").Select(type => type.Name)];
        Assert.Empty(Roles.Select(role => prefix + role).Except(names));
    }

    [Fact]
    public void The_systems_with_equations_are_the_four_above()
    {
        string[] systems = [.. typeof(IBenchPhysics).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IPhysicsModel))).Select(type => type.Namespace!.Split('.')[^1]).Order()];
        Assert.Equal(["Circuit", "Oscillators", "Plate", "SecondHarmonic"], systems);
    }
}
