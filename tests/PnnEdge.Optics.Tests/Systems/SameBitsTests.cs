using PnnEdge.Optics.Rigs;
using PnnEdge.Optics.Systems;
using PnnEdge.Optics.Table;
using PnnEdge.Optics.Tests.Support;
using PnnEdge.Training.Data;
using PnnEdge.Training.Experiments;
using PnnEdge.Training.Methods;
using PnnEdge.Training.Networks;
using PnnEdge.Training.Systems;
using PnnEdge.Training.Twins;

namespace PnnEdge.Optics.Tests.Systems;

public class SameBitsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Over_SCPI_every_volt_has_the_bits_of_the_table_called_directly(int averages)
    {
        OpticalRig rig = TableOnSocket.Rig;
        rig = rig with { Spectrometer = rig.Spectrometer with { Averages = averages } };
        await using var table = new TableOnSocket();
        await using OpticalSystem system = await table.OpenAsync(rig);
        await using var direct = new DirectTable(rig, TableOnSocket.NewTable(), TableOnSocket.Serial);
        Stimulus stimulus = TableOnSocket.Shots(150, first: (2UL << 40) + 5); // more than two loads of the modulator's memory
        Measurement overScpi = await system.RunAsync(stimulus, CancellationToken.None), called = await direct.RunAsync(stimulus, CancellationToken.None);
        Assert.Equal(called.Volts, overScpi.Volts);
        Assert.Equal(called.AppliedVolts, overScpi.AppliedVolts);
        Assert.Equal(direct.Description, system.Description with { Actuators = direct.Description.Actuators });
    }
}
