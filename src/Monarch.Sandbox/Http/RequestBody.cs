using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Monarch.Sandbox.Http;

static class RequestBody
{
    public static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength == 0 || HttpMethods.IsGet(request.Method))
        {
            return [];
        }

        var reader = request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync();
            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
