using PnnEdge.Wire.Frames;

namespace PnnEdge.Wire.Messages
{
    internal static class FloatFields
    {
        internal static RefusalReason AllFinite(byte[] frame, int at, int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (!Bytes.IsFinite(Bytes.GetSingle(frame, at + (4 * i))))
                {
                    return RefusalReason.NotFinite;
                }
            }

            return RefusalReason.Accepted;
        }
    }
}
