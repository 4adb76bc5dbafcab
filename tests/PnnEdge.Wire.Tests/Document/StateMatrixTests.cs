namespace PnnEdge.Wire.Tests.Document;

public class StateMatrixTests
{
    public static TheoryData<LinkState, LinkEvent, LinkState> EveryPair()
    {
        TheoryData<LinkState, LinkEvent, LinkState> pairs = [];
        string[] events = WireDocument.Matrix[0];
        foreach (string[] row in WireDocument.Matrix.Skip(1))
        {
            for (int column = 1; column < row.Length; column++)
            {
                pairs.Add(
                    Enum.Parse<LinkState>(row[0]),
                    Enum.Parse<LinkEvent>(events[column]),
                    row[column] == "–" ? LinkState.Unlisted : Enum.Parse<LinkState>(row[column]));
            }
        }

        return pairs;
    }

    [Fact]
    public void The_matrix_has_every_state_and_every_event_once()
    {
        Assert.Equal(Enum.GetNames<LinkEvent>(), WireDocument.Matrix[0][1..]);
        Assert.Equal(Enum.GetNames<LinkState>().Where(n => n != nameof(LinkState.Unlisted)), WireDocument.Matrix.Skip(1).Select(r => r[0]));
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    public void The_table_of_the_code_moves_as_the_matrix_of_the_document(LinkState state, LinkEvent happened, LinkState next) =>
        Assert.Equal(next, LinkStateTable.Next(state, happened));

    [Theory]
    [Clause("W-1", Accepts)]
    [InlineData(LinkState.Idle, LinkEvent.LeaseGranted, LinkState.Armed)]
    [InlineData(LinkState.Armed, LinkEvent.BlockStarted, LinkState.Running)]
    [InlineData(LinkState.Running, LinkEvent.LeaseLapsed, LinkState.Safe)]
    [InlineData(LinkState.Fault, LinkEvent.WireLost, LinkState.Fault)]
    public void A_listed_move_is_made(LinkState state, LinkEvent happened, LinkState next) =>
        Assert.Equal(next, LinkStateTable.Next(state, happened));

    [Theory]
    [Clause("W-1", Refuses)]
    [InlineData(LinkState.Safe, LinkEvent.LeaseGranted)]
    [InlineData(LinkState.Idle, LinkEvent.BlockStarted)]
    [InlineData(LinkState.Fault, LinkEvent.SafeConfirmed)]
    [InlineData(LinkState.Unlisted, LinkEvent.FaultRaised)]
    public void A_move_that_is_not_listed_leads_nowhere(LinkState state, LinkEvent happened) =>
        Assert.Equal(LinkState.Unlisted, LinkStateTable.Next(state, happened));

    [Fact]
    public void A_state_or_event_beyond_the_tables_ends_leads_nowhere()
    {
        foreach (LinkEvent happened in Enum.GetValues<LinkEvent>())
        {
            Assert.Equal(LinkState.Unlisted, LinkStateTable.Next((LinkState)7, happened));
        }

        Assert.Equal(LinkState.Unlisted, LinkStateTable.Next(LinkState.Idle, (LinkEvent)14));
    }
}
