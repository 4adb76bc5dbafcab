namespace PnnEdge.Firmware.Core.Loop
{
    /// <summary>Text inside JSON quotes.</summary>
    public static class JsonText
    {
        /// <summary>What would need escaping is shown as an apostrophe.</summary>
        public static string Quoted(string text)
        {
            char[] letters = text.ToCharArray();
            for (int i = 0; i < letters.Length; i++)
            {
                if (letters[i] < ' ' || letters[i] == '"' || letters[i] == '\\')
                {
                    letters[i] = '\'';
                }
            }

            return new string(letters);
        }
    }
}
