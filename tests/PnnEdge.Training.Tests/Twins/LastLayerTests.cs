using PnnEdge.Training.Twins;

namespace PnnEdge.Training.Tests.Twins;

public class LastLayerTests
{
    [Theory, InlineData(TwinKind.Perceptron), InlineData(TwinKind.CausalPerceptron), InlineData(TwinKind.CausalConvolution)]
    public async Task A_move_of_the_last_layer_moves_what_is_missing_by_its_features(TwinKind kind)
    {
        TwinFitSettings settings = TinyTask.TwinFit with { Kind = kind, Shots = 100, Epochs = 1, MemorySlots = kind == TwinKind.Perceptron ? 0 : 6, HiddenWidths = [8, 8] };
        ShotSet shots = await TwinFitting.PlayAsync(TinyTask.System(), TinyTask.Plan, TinyTask.Drive, 40, 20, 1, null, default);
        ITrainableTwin twin = TwinStart.Of(shots, TinyTask.Plan, settings, 1);
        (float[] x, float[] y) = shots.Rows();
        int rows = shots.Count * twin.RowsPerShot, outputs = twin.Outputs / twin.RowsPerShot, width = twin.LastFeatures;
        float[] features = new float[rows * width], before = new float[rows * outputs], after = new float[rows * outputs];
        twin.LastLayerRows(x, y, shots.Count, features, before);
        Assert.Equal(outputs * (width + 1), twin.LastLayer.Length);

        Span<float> last = twin.LastLayer.Of(twin.Parameters);
        float[] move = CentralDifferences.Noise(last.Length, 3);
        for (int i = 0; i < move.Length; i++) { last[i] += move[i]; }
        twin.LastLayerRows(x, y, shots.Count, features, after);
        for (int r = 0; r < rows; r++)
        {
            for (int o = 0; o < outputs; o++)
            {
                double moved = move[(outputs * width) + o];
                for (int f = 0; f < width; f++) { moved += move[(o * width) + f] * features[(r * width) + f]; }
                Assert.Equal(before[(r * outputs) + o] - moved, after[(r * outputs) + o], 1e-4); // single precision of sums of order 10
            }
        }
    }
}
