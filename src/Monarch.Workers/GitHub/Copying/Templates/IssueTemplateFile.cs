using System.Text;

namespace Monarch.Workers.GitHub.Copying.Templates;

/// <summary>Reads the file of the template.</summary>
static class IssueTemplateFile
{
    /// <summary>The size of the largest file: as much as GitHub accepts as a body.</summary>
    public const int MaxBytes = 65_536;

    const int MaxFaults = 10;

    static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The template, or null and the errors, each with the setting, the place and the remedy.</returns>
    public static (IssueTemplate? Template, IReadOnlyList<string> Errors) Read(string path)
    {
        var setting = $"{IssueTemplateOptions.Key} is '{path}'";
        try
        {
            var bytes = ReadBytes(path);
            if (bytes.Length > MaxBytes)
            {
                return (null, [$"{setting}, which has more than {MaxBytes} bytes. Shorten it: a body of GitHub may not be longer."]);
            }

            var text = Utf8.GetString(bytes).TrimStart('\uFEFF');
            List<TemplateFault> faults = [];
            var template = IssueTemplate.Read(text, faults);
            return (template, [.. faults.OrderBy(x => x.Offset).Take(MaxFaults).Select(x => Error(setting, text, x))]);
        }
        catch (DecoderFallbackException)
        {
            return (null, [$"{setting}, which is not text in UTF-8. Save it in that encoding."]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (
                null,
                [
                    $"{setting}, which cannot be read ({e.GetType().Name}). Set it to an existing file that Monarch's user may read, or leave "
                        + "it empty.",
                ]
            );
        }
    }

    static string Error(string setting, string text, TemplateFault fault) =>
        $"{setting}, {TemplateFault.Place(text, fault.Offset)}: {fault.Problem}. {fault.Remedy}";

    /// <summary>One byte more than allowed at most, so that a device does not fill the memory.</summary>
    static byte[] ReadBytes(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[MaxBytes + 1];
        return bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }
}
