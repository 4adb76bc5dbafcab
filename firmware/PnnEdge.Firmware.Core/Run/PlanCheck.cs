using PnnEdge.Wire.Frames;
using PnnEdge.Wire.Messages;

namespace PnnEdge.Firmware.Core.Run
{
    /// <summary>Can this board play this plan? The arithmetic is in 64 bits so that no product of counts wraps.</summary>
    public static class PlanCheck
    {
        /// <summary>Accepted, or PlanUnsupported with the broken limit and what is possible.</summary>
        public static RefusalReason Check(Board board, RunPlan plan, out PlanLimit limit, out uint possible)
        {
            possible = (uint)board.Count(ChannelRole.Stimulus);
            limit = PlanLimit.StimulusChannels;
            if (plan.StimulusChannels != possible)
            {
                return RefusalReason.PlanUnsupported;
            }

            possible = (uint)board.Count(ChannelRole.Measurement);
            limit = PlanLimit.MeasurementChannels;
            if (plan.MeasurementChannels != possible)
            {
                return RefusalReason.PlanUnsupported;
            }

            possible = (uint)board.Count(ChannelRole.Actuator);
            limit = PlanLimit.Actuators;
            if (plan.Actuators != possible)
            {
                return RefusalReason.PlanUnsupported;
            }

            possible = HighestRate(board);
            limit = PlanLimit.SampleRate;
            if (plan.SampleRateMilliHertz == 0 || plan.SampleRateMilliHertz > possible)
            {
                return RefusalReason.PlanUnsupported;
            }

            possible = ShotsThatFit(board, plan);
            limit = PlanLimit.FrameBytes;
            if (plan.ShotsPerBlock > possible)
            {
                return RefusalReason.PlanUnsupported;
            }

            possible = (uint)board.LongestTransferMillis;
            limit = PlanLimit.TransferTime;
            if (plan.BlockMicros(plan.ShotsPerBlock) + plan.SettleMicros > 1000L * board.LongestTransferMillis)
            {
                return RefusalReason.PlanUnsupported;
            }

            limit = PlanLimit.None;
            return RefusalReason.Accepted;
        }

        private static uint HighestRate(Board board)
        {
            uint lowest = uint.MaxValue;
            for (int i = 0; i < board.Channels.Length; i++)
            {
                ChannelRecord channel = board.Channels[i];
                if (channel.Role != ChannelRole.Actuator && channel.MaxRateMilliHertz < lowest)
                {
                    lowest = channel.MaxRateMilliHertz;
                }
            }

            return lowest;
        }

        private static uint ShotsThatFit(Board board, RunPlan plan)
        {
            int stimulus = (board.MaxFrameBytes - FrameHeader.Bytes - StimulusBlock.FixedBytes) / (2 * plan.StimulusWords);
            int measurement = (board.MaxFrameBytes - FrameHeader.Bytes - MeasurementBlock.FixedBytes) / (2 * plan.MeasurementWords);
            int fit = stimulus < measurement ? stimulus : measurement;
            return fit < 0 ? 0u : (uint)fit;
        }
    }
}
