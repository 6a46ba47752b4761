using Microsoft.Extensions.Configuration;

namespace Monarch.Hosting.Settings;

/// <summary>The settings of the two optional files of the working directory, and their errors.</summary>
sealed record SettingsFiles(
    IReadOnlyDictionary<string, string?> AppSettings,
    IReadOnlyDictionary<string, string?> DotEnv,
    IReadOnlyList<string> Faults
)
{
    public static SettingsFiles Read(string directory)
    {
        var faults = new List<string>();
        return new(ReadAppSettings(directory, faults), ReadDotEnv(directory, faults), faults);
    }

    static Dictionary<string, string?> ReadAppSettings(string directory, List<string> faults)
    {
        try
        {
            using var json = File.OpenRead(Path.Combine(directory, "appsettings.json"));
            var root = new ConfigurationBuilder().AddJsonStream(json).Build();
            return root.AsEnumerable().ToDictionary(StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or UnauthorizedAccessException
                        or FormatException
                        or InvalidDataException
                        or System.Text.Json.JsonException
            )
        {
            faults.Add($"appsettings.json cannot be read: {exception.Message} Correct or remove the file.");
            return [];
        }
    }

    static IReadOnlyDictionary<string, string?> ReadDotEnv(string directory, List<string> faults)
    {
        try
        {
            var file = Settings.DotEnv.Parse(File.ReadAllText(Path.Combine(directory, ".env")));
            faults.AddRange(file.Faults);
            return file.Values;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Dictionary<string, string?>();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            faults.Add($".env cannot be read: {exception.Message} Correct or remove the file.");
            return new Dictionary<string, string?>();
        }
    }
}
