using PnnEdge.Firmware.Core.Ports;
using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Run
{
    /// <summary>The plan in use: which one it is, whether another may replace it, and whether a stimulus keeps to it.</summary>
    public sealed class RunPlans
    {
        private readonly Board _board;
        private readonly IConverters _converters;
        private RunPlan _asked = new RunPlan();
        private uint _runId;
        private bool _isKnown;

        /// <summary>Meaningless before a plan was taken.</summary>
        public RunPlan Newest = new RunPlan();

        /// <summary>Meaning by reason: see WIRE.md; valid after a refusal.</summary>
        public uint Detail;

        /// <summary>What a plan set or could have set; valid after <see cref="Take"/>.</summary>
        public uint ValueSet;

        public RunPlans(Board board, IConverters converters)
        {
            _board = board;
            _converters = converters;
        }

        /// <summary>A new epoch starts with no plan.</summary>
        public void Forget() => _isKnown = false;

        public RefusalReason Take(byte[] frame)
        {
            // Read beside the plan in use, so that a refused one changes nothing.
            _asked.Read(frame);
            if (!Fits(_asked))
            {
                return RefusalReason.PlanUnsupported;
            }

            _asked.SampleRateMilliHertz = _converters.SetSampleRate(_asked.SampleRateMilliHertz);

            // The clock that was really set may be slower than asked, and the block longer.
            if (!Fits(_asked))
            {
                if (_isKnown)
                {
                    _converters.SetSampleRate(Newest.SampleRateMilliHertz);
                }

                return RefusalReason.PlanUnsupported;
            }

            RunPlan replaced = Newest;
            Newest = _asked;
            _asked = replaced;
            _runId = FrameHeader.RunId(frame);
            _isKnown = true;
            ValueSet = Newest.SampleRateMilliHertz;
            return RefusalReason.Accepted;
        }

        /// <summary>Is this stimulus of the run, and as long as its plan says?</summary>
        public RefusalReason Check(byte[] frame)
        {
            Detail = 0;
            if (!_isKnown)
            {
                return RefusalReason.NoPlan;
            }

            if (FrameHeader.RunId(frame) != _runId)
            {
                Detail = _runId;
                return RefusalReason.WrongRun;
            }

            int shots = StimulusBlock.Shots(frame);
            if (shots > Newest.ShotsPerBlock || FrameHeader.PayloadLength(frame) != StimulusBlock.PayloadBytes(shots, Newest.StimulusWords))
            {
                Detail = (uint)Newest.StimulusWords;
                return RefusalReason.WrongLength;
            }

            return RefusalReason.Accepted;
        }

        private bool Fits(RunPlan plan)
        {
            PlanLimit limit;
            uint possible;
            bool fits = PlanCheck.Check(_board, plan, out limit, out possible) == RefusalReason.Accepted;
            Detail = (uint)limit;
            ValueSet = possible;
            return fits;
        }
    }
}
