namespace PnnEdge.Wire.Messages
{
    /// <summary>Which record of a role holds one of its values: a value's index counts through all banks.</summary>
    public static class ChannelBanks
    {
        /// <summary>The bank that holds a value, and the value's place in it; null, and no place, beyond the last.</summary>
        public static ChannelRecord Holding(ChannelRecord[] banks, int index, out int place)
        {
            place = index;
            for (int b = 0; b < banks.Length; b++)
            {
                if (place < banks[b].Count)
                {
                    return banks[b];
                }

                place -= banks[b].Count;
            }

            return null;
        }

        /// <summary>As a sentence names a value: "bias", or "coupling 17" where a bank has several. The value must exist.</summary>
        public static string NameOf(ChannelRecord[] banks, int index)
        {
            int place;
            ChannelRecord bank = Holding(banks, index, out place);
            return bank.Count == 1 ? bank.Name : bank.Name + " " + place.ToString();
        }
    }
}
