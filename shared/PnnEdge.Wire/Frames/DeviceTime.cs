namespace PnnEdge.Wire.Frames
{
    /// <summary>Milliseconds of the device's monotonic clock, which wrap after 49.7 days: compared by difference.</summary>
    public static class DeviceTime
    {
        /// <summary>How far <paramref name="later"/> lies after <paramref name="earlier"/>, ms; negative when before.</summary>
        public static int Since(uint later, uint earlier) => (int)(later - earlier);
    }
}
