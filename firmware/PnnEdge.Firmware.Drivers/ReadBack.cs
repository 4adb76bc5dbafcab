namespace PnnEdge.Firmware.Drivers
{
    /// <summary>Whether an output kept the code that it was given.</summary>
    public static class ReadBack
    {
        /// <param name="kept">As read: a code, or minus the <see cref="ChipResult"/> of the reading.</param>
        public static ChipResult Of(int kept, int code)
        {
            if (kept < 0)
            {
                return (ChipResult)(-kept);
            }

            return kept == code ? ChipResult.Ok : ChipResult.WrongAnswer;
        }
    }
}
