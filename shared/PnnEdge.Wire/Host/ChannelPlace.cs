using PnnEdge.Wire.Messages;

namespace PnnEdge.Wire.Host
{
    /// <summary>Which word of a sample a channel's is.</summary>
    public static class ChannelPlace
    {
        /// <summary>The place of the first record of a purpose among those of one role; -1 where there is none.</summary>
        public static int Of(ChannelRecord[] records, ChannelPurpose purpose)
        {
            for (int i = 0; i < records.Length; i++)
            {
                if (records[i].Purpose == purpose)
                {
                    return i;
                }
            }

            return -1;
        }
    }
}
