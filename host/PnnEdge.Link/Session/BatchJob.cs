using PnnEdge.Training.Systems;

namespace PnnEdge.Link.Session;

/// <summary>
/// One batch on its way through the wire, cut into blocks. Results lie at their shot's place whatever the order of answers.
/// </summary>
/// <param name="stimulus">What to play, or null for a session that shall only become ready.</param>
internal sealed class BatchJob(Stimulus? stimulus, CancellationToken cancellation)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<int> _again = new();
    private int _nextBlock;
    private int _blocks;
    private int _done;
    private int _shotsPerBlock = 1;

    public Stimulus? Stimulus => stimulus;

    public CancellationToken Cancellation => cancellation;

    /// <summary>[shot, word], V: decoded from the codes sent.</summary>
    public float[] AppliedVolts { get; private set; } = [];

    /// <summary>[shot, word], V.</summary>
    public float[] MeasuredVolts { get; private set; } = [];

    public Task Ended => _ended.Task;

    public bool IsEnded => _ended.Task.IsCompleted;

    /// <summary>True once the batch is cut into blocks.</summary>
    public bool IsCut { get; private set; }

    public bool HasBlocksToSend => _again.Count != 0 || _nextBlock < _blocks;

    public bool AllBlocksDone => IsCut && _done == _blocks;

    public void Cut(int shotsPerBlock, int stimulusWords, int measurementWords)
    {
        IsCut = true;
        _shotsPerBlock = shotsPerBlock;
        if (stimulus is not null)
        {
            _blocks = (stimulus.Shots + shotsPerBlock - 1) / shotsPerBlock;
            AppliedVolts = new float[stimulus.Shots * stimulusWords];
            MeasuredVolts = new float[stimulus.Shots * measurementWords];
        }
    }

    /// <summary>The next block to send; those that must be sent again come first, the oldest first.</summary>
    public int TakeBlock() => _again.Count != 0 ? _again.Dequeue() : _nextBlock++;

    public void PutBack(int block) => _again.Enqueue(block);

    public int FirstShotOf(int block) => block * _shotsPerBlock;

    public int ShotsOf(int block) => Math.Min(_shotsPerBlock, stimulus!.Shots - (block * _shotsPerBlock));

    public void BlockDone() => _done++;

    public void Complete() => _ended.TrySetResult();

    public void Fail(Exception reason) => _ended.TrySetException(reason);

    public void Cancel() => _ended.TrySetCanceled(cancellation);
}
