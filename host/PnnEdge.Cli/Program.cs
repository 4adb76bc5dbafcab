Console.WriteLine("pnn");
